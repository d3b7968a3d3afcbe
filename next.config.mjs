/**
 * JavaScript, because the server reads it at every start, where no compiler is at hand.
 * @type {import('next').NextConfig}
 */
export default {
  poweredByHeader: false,
  // The product alone: a test being written must not keep the demo from starting. `npm run check` looks at everything.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // Without it Next guesses, and a lock file in a folder above misleads it.
  turbopack: { root: import.meta.dirname },
  // `next dev` would otherwise write a file of its own into the repository.
  agentRules: false,
  // Most of what Next would load at the start are API routes, whose calls never come as far as Next, and each with its source
  // map. Pages are loaded as they are first asked for, or ahead of that (server/gateway/pages.ts).
  experimental: { preloadEntriesOnStart: false },
}
