declare const rooms: { readonly forbidden: readonly { readonly name: string; readonly comment: string }[] }
export = rooms
