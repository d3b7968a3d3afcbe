/**
 * The blocks between the named streets, which the back streets fill. A block has four corners, clockwise from the
 * north-west: crossings by their key, or `lat,lng` points where no two named streets cross.
 */
export type BlockGrain = 'lanes' | 'offices' | 'apartments'

export type BlockSource = { corners: readonly string[]; grain: BlockGrain }

function block(corners: string, grain: BlockGrain): BlockSource {
  return { corners: corners.split(' '), grain }
}

/** The blocks between two east–west streets: north–south streets from west to east, and the grain of each gap between them. */
function band(north: string, south: string, columns: string): BlockSource[] {
  const parts = columns.split(' ')
  const blocks: BlockSource[] = []
  for (let i = 0; i + 2 < parts.length; i += 2) {
    const [west, grain, east] = parts.slice(i, i + 3)
    if (!isGrain(grain)) throw new Error(`Not a band of blocks: ${columns}`)
    blocks.push(block(`${north}/${west} ${north}/${east} ${south}/${east} ${south}/${west}`, grain))
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
  // Between Gangnam-daero and the expressway, where a street changes its name at the crossing
  block('sapyeong/gyeongbu bongeunsa/gangnam teheran/gangnam seocho/gyeongbu', 'lanes'),
  block('sinbanpo/gyeongbu hakdong/gangnam bongeunsa/gangnam sapyeong/gyeongbu', 'lanes'),
  block('seocho/gyeongbu teheran/gangnam dogok/gangnam hyoryeong/gyeongbu', 'offices'),
  block('hyoryeong/gyeongbu dogok/gangnam nambusunhwan/gangnam nambusunhwan/gyeongbu', 'lanes'),
  block('hakdong/yeongdong 37.5213,127.0626 bongeunsa/tancheon bongeunsa/yeongdong', 'apartments'),
  block('olympic/yeongdong 37.5213,127.0626 37.5205,127.061 hakdong/yeongdong', 'lanes'),
  block('jamwon/jungang dosan/gangnam hakdong/gangnam sinbanpo/jungang', 'apartments'),
  block('37.5168,127.0088 olympic/gangnam dosan/gangnam jamwon/jungang', 'apartments'),
  block('37.5095,126.9984 37.5168,127.0088 sinbanpo/jungang sinbanpo/banpo', 'apartments'),
  block('nambusunhwan/gyeongbu nambusunhwan/gangnam 37.4768,127.0367 37.4765,127.0303', 'lanes'),
  block('nambusunhwan/gangnam nambusunhwan/nonhyeon gaepo/nonhyeon 37.4768,127.0367', 'lanes'),
  block('nambusunhwan/jungang nambusunhwan/gyeongbu 37.4765,127.0303 37.4757,127.0225', 'lanes'),
  // Bangbae, Sadang, Sangdo
  block('37.5036,126.995 sinbanpo/banpo sapyeong/banpo 37.4995,126.9955', 'apartments'),
  block('37.5028,126.985 37.5036,126.995 37.4995,126.9955 37.4975,126.9865', 'lanes'),
  block('37.4995,126.9955 sapyeong/banpo seocho/banpo 37.4868,126.993', 'lanes'),
  block('37.4868,126.993 seocho/banpo nambusunhwan/banpo 37.4772,126.995', 'lanes'),
  block('37.4975,126.9865 37.4995,126.9955 37.4868,126.993 37.4825,126.982', 'lanes'),
  block('37.4825,126.982 37.4868,126.993 37.4772,126.995 37.4766,126.9816', 'lanes'),
  block('37.4925,126.969 37.4905,126.9815 37.4766,126.9816 37.4762,126.972', 'lanes'),
  block('37.5105,126.9565 37.502,126.966 37.4925,126.969 37.4985,126.95', 'lanes'),
  // Gaepo, Irwon, Suseo
  block('nambusunhwan/samseong nambusunhwan/yeongdong 37.4921,127.0738 gaepo/samseong', 'apartments'),
  block('gaepo/samseong 37.4917,127.081 37.4872,127.088 yangjae/samseong', 'apartments'),
  block('37.4917,127.081 37.489,127.091 37.4874,127.101 37.4872,127.088', 'apartments'),
  // Garak, Munjeong, Gangdong
  block('songi/jamsilsaenae songi/songpa 37.4925,127.115 37.4937,127.0985', 'lanes'),
  block('songi/songpa songi/wirye 37.496,127.129 37.4928,127.1182', 'lanes'),
  block('37.4928,127.1182 37.496,127.129 37.483,127.133 37.478,127.1262', 'apartments'),
  block('37.5303,127.1096 37.5405,127.1172 37.5262,127.1195 olympic-ro/wirye', 'lanes'),
  block('37.5405,127.1172 37.5425,127.135 37.53,127.139 37.5262,127.1195', 'lanes'),
  block('37.5425,127.135 37.5445,127.153 37.532,127.157 37.53,127.139', 'lanes'),
  // North of the river: Ichon, Hannam, Oksu, Haengdang, Seongsu, Gwangjin
  block('37.5345,126.9868 37.5345,126.994 37.5266,127.0013 37.5208,126.9946', 'lanes'),
  block('37.5345,126.994 37.5405,127.002 37.5334,127.0077 37.5266,127.0013', 'lanes'),
  block('37.5425,127.0168 37.5482,127.0205 37.5446,127.0288 37.5412,127.0168', 'lanes'),
  block('37.5482,127.0205 37.555,127.0265 37.5515,127.035 37.5446,127.0288', 'lanes'),
  block('37.5528,127.0464 37.5525,127.0655 achasan/dongil achasan/seongsu', 'lanes'),
  block('37.5525,127.0655 37.5528,127.077 achasan/jayang achasan/dongil', 'lanes'),
  block('37.5528,127.077 37.5505,127.089 achasan/gangbyeon achasan/jayang', 'lanes'),
  block('achasan/gangbyeon 37.5445,127.1035 37.5379,127.1028 gangbyeon/gangbyeon', 'lanes'),
  block('37.545,126.965 37.545,126.972 37.5262,126.969 37.5262,126.9602', 'lanes'),
]
