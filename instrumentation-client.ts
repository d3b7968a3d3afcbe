import { keepPages } from '#app/_offline/keep-pages.ts'

// Next runs this before anything else of a page. zod would try whether it may compile its schemas with `new Function`;
// the pages' Content-Security-Policy says no, and every page would report a violation. `config` of zod would write this, too,
// and bring zod into what each page loads first.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
keepPages()
