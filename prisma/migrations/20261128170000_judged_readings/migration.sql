-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "device_takeovers" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "picked_up_at" TIMESTAMPTZ(3),
ADD COLUMN     "riding_device" TEXT,
ADD COLUMN     "visible_seq_told" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "locations" ADD COLUMN     "implausible" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "status_outbox" ADD COLUMN     "picked_up_at" TIMESTAMPTZ(3),
ADD COLUMN     "visible_seq_told" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "device_outbox" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "takeover" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT,

    CONSTRAINT "device_outbox_pkey" PRIMARY KEY ("id")
);
