import { expect, it } from 'vitest'
import { readOrders } from '#app/_dispatch/state/read-orders.ts'

const NOW = new Date(2026, 10, 29, 18, 0).getTime()
const HEADER = 'number,store,storeLat,storeLng,destination,lat,lng,rider,promised,note'

it('[BOARD20] a line is an order, with commas, semicolons or tabs, in quotes or without', () => {
  const order = {
    externalId: 'A-1',
    store: { name: 'Zur Post', lat: 52.52, lng: 13.405 },
    destination: { name: 'Torstr. 1, Hof', lat: 52.53, lng: 13.4 },
    rider: { name: 'Ada' },
    promisedAtMs: new Date(2026, 10, 29, 18, 30).getTime(),
    note: 'Ring twice',
  }
  const cells = [
    'A-1',
    'Zur Post',
    '52.52',
    '13.405',
    '"Torstr. 1, Hof"',
    '52.53',
    '13.4',
    'Ada',
    '18:30',
    'Ring twice',
  ]
  for (const sign of [',', ';', '\t']) {
    const text = `${HEADER.replaceAll(',', sign)}\r\n${cells.join(sign)}\r\n\r\n`
    expect(readOrders(text, NOW).lines).toEqual([{ line: 2, order, what: 'Zur Post → Torstr. 1, Hof' }])
  }
  // What is left out is no member of the order; a time that has passed is tomorrow's; the names of columns are read kindly.
  const text = 'Store,STORE LAT,store_lng,Destination,Lat,Lng,Promised\nA,1,2,B,1.01,2,17:00'
  const [line] = readOrders(text, NOW).lines
  expect(line).toHaveProperty('order', {
    store: { name: 'A', lat: 1, lng: 2 },
    destination: { name: 'B', lat: 1.01, lng: 2 },
    promisedAtMs: new Date(2026, 10, 30, 17, 0).getTime(),
  })
})

it('[BOARD20] a faulty line is named with its column, and keeps no other from being read', () => {
  const { lines } = readOrders(
    `${HEADER}\n1,A,52,13,B,53.1,13,,,\n2,A,52,13,B,91,13,,,\n3,A,52,13,B,north,13,,,\n4,A,52,13,,52,13,,25:00,`,
    NOW,
  )
  const faultsOf = (index: number) => {
    const line = lines[index]
    return line && 'faults' in line ? line.faults.map(({ column }) => column) : []
  }
  expect(lines.map(({ line }) => line)).toEqual([2, 3, 4, 5])
  expect([0, 1, 2, 3].map(faultsOf)).toEqual([[], ['lat'], ['lat'], ['destination', 'promised']])
})

it('[BOARD20] columns that are missing are named; more lines than one looks through are not read', () => {
  expect(readOrders('store,lat\nA,1', NOW)).toMatchObject({
    lines: [],
    missing: ['storeLat', 'storeLng', 'destination', 'lng'],
  })
  expect(readOrders('', NOW).lines).toEqual([])
  const many = `${HEADER}\n${'1,A,52,13,B,52.1,13,,,\n'.repeat(501)}`
  expect(readOrders(many, NOW)).toMatchObject({ tooMany: true })
  expect(readOrders(many, NOW).lines).toHaveLength(500)
})

it('[BOARD20] of lines that were refused the text is left, to be put right', () => {
  const read = readOrders(`${HEADER}\n\n1,"A, b",52,13,B,53,13,,,\n2,C,52,13,D,53,13,,,`, NOW)
  expect(read.lines.map(({ line }) => line)).toEqual([3, 4])
  const again = readOrders(read.only([3]), NOW)
  expect(again.lines.map(({ line, what }) => [line, what])).toEqual([[2, 'A, b → B']])
})

it('[BOARD25] a line may have addresses where a geocoder is set, which are looked up before it is an order', () => {
  const text =
    'number,storeAddress,address,lat,lng,pin\n1,Mehringdamm 36,Torstr. 1,,,yes\n2,Mehringdamm 36,Nowhere 9,,,\n3,Mehringdamm 36,Torstr. 2,52.5,13.4,maybe'
  expect(readOrders(text, NOW).missing).toEqual(['store', 'storeLat', 'storeLng', 'destination'])
  const [first, second, third] = readOrders(text, NOW, new Map()).lines
  expect(first).toMatchObject({
    line: 2,
    lookUp: ['Mehringdamm 36', 'Torstr. 1'],
    what: 'Mehringdamm 36 → Torstr. 1',
  })
  expect(second).toHaveProperty('lookUp', ['Mehringdamm 36', 'Nowhere 9'])
  // Its destination has coordinates.
  expect(third).toHaveProperty('lookUp', ['Mehringdamm 36'])

  const store = { name: 'Mehringdamm 36, 10961 Berlin', lat: 52.4933706, lng: 13.3879 }
  const door = { name: 'Torstraße 1, 10119 Berlin', lat: 52.5286, lng: 13.41 }
  const known = new Map([
    ['Mehringdamm 36', store],
    ['Torstr. 1', door],
    ['Nowhere 9', null],
  ])
  expect(readOrders(text, NOW, known).lines).toEqual([
    {
      line: 2,
      what: 'Mehringdamm 36 → Torstr. 1',
      found: [store.name, door.name],
      order: {
        externalId: '1',
        store: { ...store, name: 'Mehringdamm 36' },
        destination: { ...door, name: 'Torstr. 1' },
        pin: true,
      },
    },
    { line: 3, what: 'Mehringdamm 36 → Nowhere 9', faults: [expect.objectContaining({ column: 'address' })] },
    { line: 4, what: 'Mehringdamm 36 → Torstr. 2', faults: [expect.objectContaining({ column: 'pin' })] },
  ])
})
