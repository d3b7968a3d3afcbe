/**
 * The blocks between the named streets, which the back streets fill. A block is bounded by two east–west and two
 * north–south streets; its corners are their four crossings.
 */
export type BlockGrain = 'lanes' | 'offices' | 'apartments'

export type BlockSource = { north: string; south: string; west: string; east: string; grain: BlockGrain }

/** One band between two east–west streets: its columns from west to east, with a grain for each gap between them. */
function band(north: string, south: string, columns: string): BlockSource[] {
  const parts = columns.split(' ')
  const blocks: BlockSource[] = []
  for (let i = 0; i + 2 < parts.length; i += 2) {
    const [west, grain, east] = parts.slice(i, i + 3)
    if (west && east && isGrain(grain)) blocks.push({ north, south, west, east, grain })
    else throw new Error(`Not a band of blocks: ${columns}`)
  }
  return blocks
}

function isGrain(word: string | undefined): word is BlockGrain {
  return word === 'lanes' || word === 'offices' || word === 'apartments'
}

export const BLOCKS: readonly BlockSource[] = [
  // Gangnam, from the river southwards
  ...band('olympic', 'apgujeong', 'gangnam apartments nonhyeon apartments eonju apartments seolleung'),
  ...band('apgujeong', 'dosan', 'gangnam lanes nonhyeon lanes eonju lanes seolleung'),
  ...band(
    'dosan',
    'hakdong',
    'gangnam lanes nonhyeon lanes eonju lanes seolleung lanes samseong lanes yeongdong',
  ),
  ...band(
    'hakdong',
    'bongeunsa',
    'gangnam lanes nonhyeon lanes eonju lanes seolleung lanes samseong lanes yeongdong',
  ),
  ...band(
    'bongeunsa',
    'teheran',
    'gangnam lanes nonhyeon lanes eonju lanes seolleung lanes samseong offices yeongdong offices tancheon',
  ),
  ...band(
    'teheran',
    'yeoksam',
    'gangnam offices nonhyeon lanes eonju lanes seolleung lanes samseong lanes yeongdong lanes tancheon',
  ),
  ...band(
    'yeoksam',
    'dogok',
    'gangnam lanes nonhyeon lanes eonju apartments seolleung lanes samseong lanes yeongdong apartments tancheon',
  ),
  ...band(
    'dogok',
    'nambusunhwan',
    'gangnam lanes nonhyeon lanes eonju apartments seolleung apartments samseong apartments yeongdong offices tancheon',
  ),
  ...band('nambusunhwan', 'gaepo', 'nonhyeon lanes eonju apartments seolleung apartments samseong'),
  ...band('gaepo', 'yangjae', 'nonhyeon lanes eonju apartments seolleung apartments samseong'),
  ...band('olympic', 'dosan', 'seolleung lanes samseong lanes yeongdong'),
  // Seocho and Banpo
  ...band('sinbanpo', 'sapyeong', 'banpo apartments jungang apartments gyeongbu'),
  ...band('sapyeong', 'seocho', 'banpo apartments jungang lanes gyeongbu'),
  ...band('seocho', 'hyoryeong', 'banpo lanes jungang lanes gyeongbu'),
  ...band('hyoryeong', 'nambusunhwan', 'banpo lanes jungang lanes gyeongbu'),
  // Jamsil and Songpa
  ...band('olympic', 'olympic-ro', 'asia apartments jamsilsaenae apartments songpa apartments wirye'),
  ...band('olympic-ro', 'baekje', 'asia lanes jamsilsaenae lanes songpa apartments wirye'),
  ...band('baekje', 'songi', 'asia lanes jamsilsaenae lanes songpa lanes wirye'),
  // Seongsu and Jayang
  ...band('seongsuil', 'gangbyeon', 'seongsu lanes ttukseom lanes dongil lanes jayang lanes gangbyeon'),
  ...band('achasan', 'seongsuil', 'seongsu lanes ttukseom offices dongil lanes jayang lanes gangbyeon'),
]

/** Blocks whose sides have another name on each street: [corners clockwise from the north-west], as crossing keys. */
export const ODD_BLOCKS: readonly { corners: [string, string, string, string]; grain: BlockGrain }[] = [
  {
    corners: ['sapyeong/gyeongbu', 'bongeunsa/gangnam', 'teheran/gangnam', 'seocho/gyeongbu'],
    grain: 'lanes',
  },
  {
    corners: ['sinbanpo/gyeongbu', 'hakdong/gangnam', 'bongeunsa/gangnam', 'sapyeong/gyeongbu'],
    grain: 'lanes',
  },
  {
    corners: ['seocho/gyeongbu', 'teheran/gangnam', 'dogok/gangnam', 'hyoryeong/gyeongbu'],
    grain: 'offices',
  },
  {
    corners: ['hyoryeong/gyeongbu', 'dogok/gangnam', 'nambusunhwan/gangnam', 'nambusunhwan/gyeongbu'],
    grain: 'lanes',
  },
  {
    corners: ['hakdong/yeongdong', 'olympic/tancheon', 'bongeunsa/tancheon', 'bongeunsa/yeongdong'],
    grain: 'apartments',
  },
  {
    corners: ['jamwon/jungang', 'dosan/gangnam', 'hakdong/gangnam', 'sinbanpo/jungang'],
    grain: 'apartments',
  },
]
