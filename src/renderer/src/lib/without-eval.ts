import { z } from 'zod'

// The pages' content security policy forbids evaluating text as code, and zod tries to as soon as a schema is made;
// so this module stands first among the imports of the entry.
z.config({ jitless: true })
