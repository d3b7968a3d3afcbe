import { parseSync, Visitor } from 'oxc-parser'

/**
 * What a file imports and does, types included: they tie two files together as much as values do.
 * `imports` are the specifiers as written, with their lines.
 */
export function readImports(path, source) {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`)
  const lineOf = (node) => source.slice(0, node.start).split('\n').length
  const imports = []
  const add = (node) => {
    if (node?.type === 'Literal' && typeof node.value === 'string') {
      imports.push({ specifier: node.value, line: lineOf(node) })
    }
  }
  const environment = []
  const isNamed = (node, name) => node?.type === 'Identifier' && node.name === name
  const isProcess = (node) =>
    isNamed(node, 'process') || (node?.type === 'MemberExpression' && isNamed(node.property, 'process'))

  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [first] }) => isNamed(callee, 'require') && add(first),
    MemberExpression: (node) => {
      if (isProcess(node.object) && isNamed(node.property, 'env')) environment.push(lineOf(node))
    },
    // const { env } = process
    VariableDeclarator: ({ id, init }) => {
      if (!isProcess(init) || id.type !== 'ObjectPattern') return
      if (id.properties.some((property) => isNamed(property.key, 'env'))) environment.push(lineOf(id))
    },
  }).visit(program)

  const isClient = program.body.some((node) => node.directive === 'use client')
  return { imports, environment, isClient }
}
