import { z } from 'zod'
import { deliveryIdSchema } from '../delivery.ts'
import {
  boardDeliverySchema,
  DISPATCH_NAMESPACE,
  type DispatchEvents,
  dispatchAuthSchema,
  eveningReplySchema,
  goneMessageSchema,
  openReplySchema,
} from '../dispatch.ts'
import {
  INSIDE_NAMESPACE,
  insideAuthSchema,
  insideCalls,
  insideReplySchema,
  insideStreams,
  watchIdSchema,
} from '../inside/protocol.ts'
import { snapshotSchema } from '../snapshot.ts'
import {
  type CustomerEvents,
  closedMessageSchema,
  handshakeAuthSchema,
  handshakeRefusalSchema,
  locationMessageSchema,
  paintedMessageSchema,
  routeMessageSchema,
  statusMessageSchema,
  TRACKING_NAMESPACE,
  type TrackingEvents,
} from '../socket.ts'
import type { Text } from './http-call.ts'
import { eventsFrom, type SocketEvent, type SocketNamespace } from './socket-event.ts'

type Each<Events> = Record<keyof Events, readonly [z.ZodType, Text]>

const fromTracking = {
  'delivery:snapshot': [
    snapshotSchema,
    { en: 'Once after each connect: all that is known now', ko: '연결할 때마다 한 번: 지금 알려진 모든 것' },
  ],
  'delivery:location': [
    locationMessageSchema,
    { en: 'A new position, and the arrival by it', ko: '새 위치와 그에 따른 도착 예상' },
  ],
  'delivery:status': [statusMessageSchema, { en: 'The status has changed', ko: '상태가 바뀜' }],
  'delivery:route': [
    routeMessageSchema,
    {
      en: 'The rider has left the way, and it was planned anew',
      ko: '라이더가 경로를 벗어나 다시 계산된 경로',
    },
  ],
  'delivery:closed': [
    closedMessageSchema,
    {
      en: 'The link has stopped; the disconnect follows',
      ko: '링크가 더 이상 유효하지 않음, 곧 연결이 끊김',
    },
  ],
} satisfies Each<TrackingEvents>

const fromCustomer = {
  'delivery:painted': [
    paintedMessageSchema,
    {
      en: 'The answer to `trace.painted`: when the point was on the screen',
      ko: '`trace.painted`에 대한 응답: 그 위치가 화면에 그려진 시각',
    },
  ],
} satisfies Each<CustomerEvents>

const fromDispatch = {
  'dispatch:snapshot': [
    z.array(boardDeliverySchema),
    { en: 'Once after each connect: all running deliveries', ko: '연결할 때마다 한 번: 진행 중인 모든 배달' },
  ],
  'dispatch:delivery': [
    boardDeliverySchema,
    {
      en: 'A delivery that is new or has changed; of each at most one a second',
      ko: '새로 생겼거나 바뀐 배달. 배달마다 최대 초당 한 번',
    },
  ],
  'dispatch:gone': [
    goneMessageSchema,
    { en: 'The delivery has ended, or was erased', ko: '배달이 끝났거나 삭제됨' },
  ],
} satisfies Each<DispatchEvents>

const replyWith = (value: z.ZodType) =>
  z.discriminatedUnion('ok', [insideReplySchema.options[0].extend({ value }), insideReplySchema.options[1]])

const insideEvents: SocketEvent[] = [
  ...Object.entries(insideCalls).map(
    ([name, { input, answer }]): SocketEvent => ({
      ...{ name: `call ${name}`, event: 'call', from: 'client' },
      says: { en: `Asks for \`${name}\`, and is answered`, ko: `\`${name}\`을(를) 묻고 답을 받음` },
      args: [z.literal(name), input],
      reply: replyWith(answer),
    }),
  ),
  ...Object.entries(insideStreams).flatMap(([name, { input, event }]): SocketEvent[] => [
    {
      ...{ name: `watch ${name}`, event: 'watch', from: 'client' },
      says: { en: `Watches \`${name}\` until \`unwatch\``, ko: `\`unwatch\`까지 \`${name}\`을(를) 지켜봄` },
      args: [watchIdSchema, z.literal(name), input],
      reply: replyWith(z.null()),
    },
    {
      ...{ name: `event ${name}`, event: 'event', from: 'server' },
      says: { en: `What \`${name}\` tells`, ko: `\`${name}\`이(가) 알리는 것` },
      args: [watchIdSchema, event],
    },
  ]),
  {
    ...{ name: 'unwatch', event: 'unwatch', from: 'client' },
    says: { en: 'Ends a watch', ko: '구독 해제' },
    args: [watchIdSchema],
  },
]

const refused = eventsFrom('server', {
  connect_error: [
    z.object({ message: z.string(), data: handshakeRefusalSchema.optional() }),
    { en: 'The handshake is refused', ko: '연결이 거부됨' },
  ],
})

/** Every namespace of the gateway's Socket.IO server, at `/socket.io/`. */
export const SOCKET_NAMESPACES: Readonly<Record<string, SocketNamespace>> = {
  [TRACKING_NAMESPACE]: {
    title: { en: 'Follow one delivery', ko: '배달 하나 구독' },
    by: {
      en: 'A customer’s token, which names the delivery',
      ko: '고객 토큰. 어느 배달인지는 토큰이 정합니다',
    },
    handshake: handshakeAuthSchema,
    events: [...eventsFrom('server', fromTracking), ...eventsFrom('client', fromCustomer), ...refused],
  },
  [DISPATCH_NAMESPACE]: {
    title: { en: 'Watch all deliveries', ko: '모든 배달 구독' },
    by: { en: 'The dispatch token; in the demo none', ko: '배차 토큰. 데모에서는 필요 없음' },
    handshake: dispatchAuthSchema,
    events: [
      ...eventsFrom('server', fromDispatch),
      {
        ...{ name: 'dispatch:open', event: 'dispatch:open', from: 'client' },
        says: {
          en: 'Opens a delivery: its way, its pick-up, and in the demo its links',
          ko: '배달 하나 조회: 경로, 픽업 시각, 데모에서는 링크도 포함',
        },
        args: [deliveryIdSchema],
        reply: openReplySchema,
      },
      {
        ...{ name: 'dispatch:evening', event: 'dispatch:evening', from: 'client' },
        says: {
          en: 'In the demo: simulated riders begin a busy evening, which ends by itself',
          ko: '데모 전용: 가상 라이더들의 바쁜 저녁을 시작하며, 시간이 지나면 자동으로 끝남',
        },
        args: [z.object({})],
        reply: eveningReplySchema,
      },
      ...refused,
    ],
  },
  [INSIDE_NAMESPACE]: {
    title: { en: 'Look inside', ko: '내부 들여다보기' },
    by: { en: 'The dispatch token; in the demo none', ko: '배차 토큰. 데모에서는 필요 없음' },
    handshake: insideAuthSchema,
    events: [...insideEvents, ...refused],
  },
}
