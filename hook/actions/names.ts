/** The actions that HookOS brings along. The worker takes an image's name for one of these and pulls nothing. */
export const ACTION_NAMES = ['image2disk', 'writefile', 'kexec', 'reboot', 'cexec'] as const

export type ActionName = (typeof ACTION_NAMES)[number]
