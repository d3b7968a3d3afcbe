import type { NextConfig } from 'next'

export default {
  poweredByHeader: false,
  // Without it Next guesses, and a lock file in a folder above misleads it.
  turbopack: { root: import.meta.dirname },
  // `next dev` would otherwise write a file of its own into the repository.
  agentRules: false,
} satisfies NextConfig
