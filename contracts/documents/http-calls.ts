import { z } from 'zod'
import {
  appPostAnswerSchema,
  osmAndQuerySchema,
  ownTracksAnswerSchema,
  ownTracksMessageSchema,
  traccarBodySchema,
} from '../app-posts.ts'
import { deviceIdSchema } from '../delivery.ts'
import { deviceCodeAnswerSchema } from '../device-code.ts'
import {
  createDeliveryAnswerSchema,
  findPlacesAnswerSchema,
  findPlacesBodySchema,
  listDeliveriesAnswerSchema,
  listDeliveriesQuerySchema,
  listLocationsAnswerSchema,
  listLocationsQuerySchema,
  postDeviceAnswerSchema,
  postDeviceBodySchema,
  postLocationsAnswerSchema,
  postLocationsBodySchema,
  postStatusAnswerSchema,
  postStatusBodySchema,
  RIDER_DEVICE_HEADER,
  replaceLinkAnswerSchema,
  replaceLinkBodySchema,
  SENT_AT_HEADER,
} from '../http.ts'
import { locationSchema } from '../location.ts'
import { MAP_PATH } from '../map-path.ts'
import { aliveAnswerSchema, readinessAnswerSchema } from '../operations.ts'
import { createDeliveryBodySchema } from '../order.ts'
import { pushAnswerSchema, subscribeBodySchema, unsubscribeBodySchema } from '../push.ts'
import { snapshotSchema } from '../snapshot.ts'
import { epochMsSchema } from '../time.ts'
import { listWebhooksAnswerSchema, resendWebhookBodySchema } from '../webhook.ts'
import type { HttpCall } from './http-call.ts'

const MAP_TYPE = 'application/vnd.pmtiles'

/** The code stands among what they send: no scheme of HTTP asks for it. */
const APP_PROBLEMS = ['unauthenticated', 'not_found', 'other_device', 'delivery_ended'] as const
const APP_ANSWERS = {
  200: {
    says: { en: 'Kafka has what is taken; the app need not keep it', ko: 'Kafka에 저장됨, 앱은 지워도 됨' },
    body: appPostAnswerSchema,
  },
}

type Calls = Record<string, Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', HttpCall>>>

/** Every call of the product, by its path as server/api/routes.ts has it, and its method. */
export const HTTP_CALLS: Calls = {
  '/api/deliveries': {
    GET: {
      title: { en: 'The deliveries, newest first, page by page', ko: '최신순 배달 목록(페이지 단위)' },
      by: ['dispatch'],
      query: listDeliveriesQuerySchema,
      answers: {
        200: {
          says: {
            en: 'A page of them, and where the next one starts',
            ko: '한 페이지와 다음 페이지의 시작 번호',
          },
          body: listDeliveriesAnswerSchema,
        },
      },
    },
    POST: {
      title: {
        en: 'Create a delivery of an order (or, in the demo, a prepared one), and its two links',
        ko: '주문(데모에서는 준비된 배달)으로 배달을 만들고 링크 두 개를 받습니다',
      },
      by: ['dispatch'],
      body: createDeliveryBodySchema,
      problems: ['conflict'],
      answers: {
        200: {
          says: {
            en: 'The same order was sent before: its delivery, and links that work',
            ko: '이미 받은 같은 주문: 그 배달과 지금 쓸 수 있는 링크',
          },
          body: createDeliveryAnswerSchema,
        },
        201: {
          says: { en: 'The delivery and its links', ko: '배달과 링크' },
          body: createDeliveryAnswerSchema,
        },
      },
    },
  },
  '/api/places': {
    POST: {
      title: {
        en: 'Look up where an address is, by the geocoder of GEOCODER_URL',
        ko: '주소의 위치를 GEOCODER_URL의 지오코더로 검색합니다',
      },
      by: ['dispatch'],
      body: findPlacesBodySchema,
      answers: {
        200: {
          says: { en: 'The places, the likeliest first', ko: '찾은 위치(정확도순)' },
          body: findPlacesAnswerSchema,
        },
      },
      problems: ['not_found', 'geocoder_unavailable'],
    },
  },
  '/api/deliveries/[deliveryId]': {
    GET: {
      title: { en: 'What a page needs to draw a delivery', ko: '배달 화면을 그리는 데 필요한 모든 것' },
      by: ['rider', 'customer', 'dispatch'],
      answers: {
        200: {
          says: {
            en: 'The delivery as this reader may see it',
            ko: '토큰의 권한으로 볼 수 있는 배달 정보',
          },
          body: snapshotSchema,
        },
      },
      problems: ['not_found'],
    },
    DELETE: {
      title: { en: 'Erase a delivery, its positions and names', ko: '배달과 위치, 이름을 모두 삭제합니다' },
      by: ['dispatch'],
      answers: {
        204: { says: { en: 'It is gone, and its links stop', ko: '삭제되었고 링크도 무효가 됩니다' } },
      },
      problems: ['not_found'],
    },
  },
  '/api/deliveries/[deliveryId]/locations': {
    GET: {
      title: { en: 'The ride so far, page by page', ko: '지금까지의 위치를 페이지 단위로 읽습니다' },
      by: ['rider', 'customer', 'dispatch'],
      query: listLocationsQuerySchema,
      answers: {
        200: { says: { en: 'By number', ko: '번호 순서' }, body: listLocationsAnswerSchema },
      },
      problems: ['not_found', 'delivery_ended'],
    },
    POST: {
      title: { en: 'Report 1 to 100 positions', ko: '위치를 1~100개 보고합니다' },
      by: ['rider'],
      headers: z.object({
        [SENT_AT_HEADER]: epochMsSchema.optional().meta({ description: 'When the device sent it.' }),
        [RIDER_DEVICE_HEADER]: deviceIdSchema
          .optional()
          .meta({ description: 'The device that sends it, as it called itself in `POST …/device`.' }),
      }),
      body: postLocationsBodySchema,
      answers: {
        202: {
          says: { en: 'Kafka has them', ko: 'Kafka에 저장됨' },
          body: postLocationsAnswerSchema,
        },
      },
      problems: ['not_found', 'other_device', 'delivery_ended'],
    },
  },
  '/api/deliveries/[deliveryId]/location': {
    GET: {
      title: {
        en: 'The newest position: the polling twin of the push',
        ko: '최신 위치: 푸시 대신 폴링',
      },
      by: ['customer'],
      headers: z.object({
        'If-None-Match': z.string().optional().meta({ description: 'The ETag of the answer before.' }),
      }),
      answers: {
        200: { says: { en: 'The position', ko: '위치' }, body: locationSchema, headers: ['ETag'] },
        204: { says: { en: 'There is none that may be seen', ko: '표시할 수 있는 위치가 없음' } },
        304: { says: { en: 'The same as before', ko: '이전과 같음' }, headers: ['ETag'] },
      },
      problems: ['not_found', 'delivery_ended'],
    },
  },
  '/api/deliveries/[deliveryId]/track.gpx': {
    GET: {
      title: { en: 'Save the ride as GPX', ko: '주행 기록을 GPX로 저장합니다' },
      by: ['dispatch'],
      answers: {
        200: {
          says: { en: 'A GPX 1.1 file', ko: 'GPX 1.1 파일' },
          file: 'application/gpx+xml',
          headers: ['Content-Disposition'],
        },
      },
      problems: ['not_found'],
    },
  },
  '/api/deliveries/[deliveryId]/track.geojson': {
    GET: {
      title: { en: 'Save the ride as GeoJSON', ko: '주행 기록을 GeoJSON으로 저장합니다' },
      by: ['dispatch'],
      answers: {
        200: {
          says: { en: 'A GeoJSON file (RFC 7946)', ko: 'GeoJSON 파일 (RFC 7946)' },
          file: 'application/geo+json',
          headers: ['Content-Disposition'],
        },
      },
      problems: ['not_found'],
    },
  },
  '/api/deliveries/[deliveryId]/status': {
    POST: {
      title: { en: 'Pick up, deliver, cancel, or end as failed', ko: '픽업, 배달 완료, 취소, 배달 실패' },
      by: ['dispatch', 'rider'],
      body: postStatusBodySchema,
      answers: {
        200: { says: { en: 'The status that holds now', ko: '현재 상태' }, body: postStatusAnswerSchema },
      },
      problems: ['not_found', 'illegal_transition', 'wrong_pin', 'delivery_ended'],
    },
  },
  '/api/deliveries/[deliveryId]/links': {
    POST: {
      title: { en: 'Replace a link that leaked', ko: '유출된 링크를 새 링크로 바꿉니다' },
      by: ['dispatch', 'rider'],
      body: replaceLinkBodySchema,
      answers: {
        201: {
          says: { en: 'The link that works from now on', ko: '새로 사용할 링크' },
          body: replaceLinkAnswerSchema,
        },
      },
      problems: ['not_found', 'delivery_ended'],
    },
  },
  '/api/deliveries/[deliveryId]/webhooks': {
    GET: {
      title: {
        en: 'What your systems were told of a delivery, and what they answered',
        ko: '이 배달에 대해 보낸 웹훅과 받은 응답',
      },
      by: ['dispatch'],
      answers: {
        200: {
          says: { en: 'Each event and each receiver, in order', ko: '이벤트와 수신처별, 순서대로' },
          body: listWebhooksAnswerSchema,
        },
      },
      problems: ['not_found'],
    },
    POST: {
      title: { en: 'Send an event again', ko: '이벤트를 다시 보냅니다' },
      by: ['dispatch'],
      body: resendWebhookBodySchema,
      answers: {
        202: {
          says: {
            en: 'It is sent now; the list as of before',
            ko: '즉시 다시 보냄(응답은 보내기 전의 목록)',
          },
          body: listWebhooksAnswerSchema,
        },
      },
      problems: ['not_found'],
    },
  },
  '/api/deliveries/[deliveryId]/device': {
    POST: {
      title: { en: 'This device rides from now on', ko: '이제부터 이 기기로 배달합니다' },
      by: ['rider'],
      body: postDeviceBodySchema,
      answers: {
        200: { says: { en: 'The device that rides', ko: '배달 중인 기기' }, body: postDeviceAnswerSchema },
      },
      problems: ['not_found', 'delivery_ended'],
    },
  },
  [MAP_PATH]: {
    GET: {
      title: {
        en: 'The map’s archive, in the parts that are asked for (RFC 9110 §14)',
        ko: '지도 파일, 요청한 부분만 (RFC 9110 §14)',
      },
      by: ['anyone'],
      headers: z.object({
        Range: z.string().optional().meta({ description: 'One range of bytes: `bytes=0-126`.' }),
        'If-Range': z
          .string()
          .optional()
          .meta({ description: 'The ETag of the archive that was begun; of another one all is answered.' }),
        'If-None-Match': z.string().optional().meta({ description: 'The ETag of the answer before.' }),
      }),
      answers: {
        200: { says: { en: 'All of it', ko: '전체' }, file: MAP_TYPE, headers: ['ETag'] },
        206: {
          says: { en: 'The part', ko: '요청한 부분' },
          file: MAP_TYPE,
          headers: ['ETag', 'Content-Range'],
        },
        304: { says: { en: 'The same as before', ko: '이전과 같음' }, headers: ['ETag'] },
        416: {
          says: { en: 'It ends before that range begins', ko: '파일 크기를 벗어난 범위' },
          headers: ['Content-Range'],
        },
      },
      // Without MAP_FILE there is none.
      problems: ['not_found'],
    },
  },
  '/api/deliveries/[deliveryId]/device-code': {
    POST: {
      title: {
        en: 'A code for an app on the rider’s phone that reports with the screen off',
        ko: '화면을 꺼도 위치를 보고하는 휴대폰 앱의 코드',
      },
      by: ['rider'],
      answers: {
        201: {
          says: { en: 'The code, and what to enter into the apps', ko: '코드와 앱에 입력할 내용' },
          body: deviceCodeAnswerSchema,
        },
      },
      problems: ['not_found', 'delivery_ended'],
    },
  },
  '/api/deliveries/[deliveryId]/push-subscription': {
    GET: {
      title: {
        en: 'The key for Web Push, and which devices are told of the delivery’s next statuses',
        ko: '웹 푸시 키와, 배달 알림을 받는 기기',
      },
      by: ['customer'],
      answers: {
        200: {
          says: { en: 'The key, and digests of the devices', ko: '키와 기기의 해시' },
          body: pushAnswerSchema,
        },
      },
      problems: ['not_found', 'delivery_ended'],
    },
    PUT: {
      title: {
        en: 'Tell this browser of the delivery’s next statuses: its PushSubscription, and its reader’s language',
        ko: '이 브라우저에 배달 알림을 보냅니다: PushSubscription과 언어',
      },
      by: ['customer'],
      body: subscribeBodySchema,
      answers: { 204: { says: { en: 'It will be told', ko: '알림을 보냅니다' } } },
      problems: ['not_found', 'too_many_subscriptions', 'delivery_ended'],
    },
    DELETE: {
      title: { en: 'Tell this browser nothing more', ko: '이 브라우저의 알림을 끕니다' },
      by: ['customer'],
      body: unsubscribeBodySchema,
      answers: { 204: { says: { en: 'It is told nothing more', ko: '더 이상 보내지 않습니다' } } },
      problems: ['not_found', 'delivery_ended'],
    },
  },
  '/api/devices/traccar': {
    GET: {
      title: {
        en: 'Report a position as OsmAnd and older Traccar Clients do',
        ko: 'OsmAnd와 예전 Traccar Client 방식으로 위치를 보고합니다',
      },
      by: ['anyone'],
      query: osmAndQuerySchema,
      answers: APP_ANSWERS,
      problems: APP_PROBLEMS,
    },
    POST: {
      title: {
        en: 'Report positions as Traccar Client does: JSON, or the parameters of GET in the query or as a form',
        ko: 'Traccar Client 방식으로 위치를 보고합니다: JSON, 또는 GET의 매개변수를 쿼리나 폼으로',
      },
      by: ['anyone'],
      body: traccarBodySchema,
      answers: APP_ANSWERS,
      problems: APP_PROBLEMS,
    },
  },
  '/api/devices/owntracks': {
    POST: {
      title: { en: 'Report a position as OwnTracks does', ko: 'OwnTracks 방식으로 위치를 보고합니다' },
      by: ['app'],
      body: ownTracksMessageSchema,
      answers: {
        200: {
          says: { en: 'Taken, or of another `_type`', ko: '저장했거나 다른 `_type`' },
          body: ownTracksAnswerSchema,
        },
      },
      problems: APP_PROBLEMS,
    },
  },
  '/openapi.json': {
    GET: {
      title: { en: 'This description of the HTTP calls', ko: 'HTTP 호출을 설명하는 이 문서' },
      by: ['anyone'],
      answers: {
        200: { says: { en: 'OpenAPI 3.1', ko: 'OpenAPI 3.1' }, body: z.looseObject({}), headers: ['ETag'] },
        304: { says: { en: 'The same as before', ko: '이전과 같음' }, headers: ['ETag'] },
      },
    },
  },
  '/asyncapi.json': {
    GET: {
      title: { en: 'The description of socket events and topics', ko: '소켓 이벤트와 토픽을 설명하는 문서' },
      by: ['anyone'],
      answers: {
        200: { says: { en: 'AsyncAPI 3.0', ko: 'AsyncAPI 3.0' }, body: z.looseObject({}), headers: ['ETag'] },
        304: { says: { en: 'The same as before', ko: '이전과 같음' }, headers: ['ETag'] },
      },
    },
  },
  '/healthz': {
    GET: {
      title: { en: 'Is the process alive?', ko: '프로세스가 살아 있는지' },
      by: ['anyone'],
      answers: { 200: { says: { en: 'It is', ko: '정상' }, body: aliveAnswerSchema } },
    },
  },
  '/readyz': {
    GET: {
      title: { en: 'May it get requests?', ko: '요청을 받을 준비가 되었는지' },
      by: ['anyone'],
      answers: {
        200: { says: { en: 'Yes', ko: '준비됨' }, body: readinessAnswerSchema },
        503: {
          says: { en: 'Not now, and why', ko: '아직 준비되지 않음(이유 포함)' },
          body: readinessAnswerSchema,
        },
      },
    },
  },
  '/metrics': {
    GET: {
      title: { en: 'Figures for Prometheus', ko: 'Prometheus 지표' },
      by: ['anyone'],
      answers: { 200: { says: { en: 'Prometheus text', ko: 'Prometheus 텍스트' }, file: 'text/plain' } },
    },
  },
}
