/** Every circle of a graph (node → its targets), once each, as the list of nodes back to the first. */
export function findCircles(graph) {
  const circles = []
  const done = new Set()
  const trail = []
  const visit = (node) => {
    const at = trail.indexOf(node)
    if (at >= 0) circles.push([...trail.slice(at), node])
    if (at >= 0 || done.has(node)) return
    trail.push(node)
    for (const target of graph.get(node) ?? []) visit(target)
    trail.pop()
    done.add(node)
  }
  for (const node of graph.keys()) visit(node)
  return circles
}
