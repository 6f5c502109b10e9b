import fc from 'fast-check'

// Properties draw the same sequences in each run of the tests, so that a red gate tells of the change; `npm run explore` draws new ones.
fc.configureGlobal({ seed: Number(process.env['ASSAY_SEED'] ?? 1) })
