#!/usr/bin/env node
// Node runs TypeScript by itself from 22.18 on; for an older one tsx must be installed.
if (!process.features.typescript) {
  const { register } = await import('tsx/esm/api')
  register()
}
await import('../src/main.ts')
