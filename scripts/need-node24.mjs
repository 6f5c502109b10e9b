// Plain JavaScript on purpose: it has to run, and to explain itself, on the Node versions that it refuses.
const major = Number(process.versions.node.split('.')[0])

if (major < 24) {
  console.error(
    `Assay's scripts need Node 24 or newer, this is Node ${process.versions.node} (${process.execPath}).\n` +
      'On Linux and Windows `npm ci` brings its own Node 24 (an optional platform package) and npm scripts use it:\n' +
      'run them as `npm test`, `npm run check` …, and install without `--omit=optional`.\n' +
      'On macOS install Node 24 (https://nodejs.org) and run `npm ci` again.',
  )
  process.exit(1)
}
