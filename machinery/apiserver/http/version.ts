/** What `GET /version` says: the Kubernetes whose API this is, and that it is ours. */
export function version(): object {
  return {
    major: '1',
    minor: '32',
    gitVersion: 'v1.32.0+bellhop',
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'node',
    platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  }
}
