-- CreateEnum
CREATE TYPE "link_role" AS ENUM ('rider', 'customer');

-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "customer_link_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "rider_link_version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "link_outbox" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "role" "link_role" NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT,

    CONSTRAINT "link_outbox_pkey" PRIMARY KEY ("id")
);
