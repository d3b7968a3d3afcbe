/** How many customers' sockets an instance says it has. */
export async function connectedCustomers(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return Number(/^rider_live_customers_connected\{[^}]*\} (\d+)$/m.exec(metrics)?.[1])
}
