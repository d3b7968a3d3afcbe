-- CreateTable
CREATE TABLE "device_codes" (
    "delivery_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "rider_link_version" INTEGER NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed" BOOLEAN NOT NULL DEFAULT false,
    "numbers_from_at" TIMESTAMPTZ(3) NOT NULL,
    "numbers_from_seq" INTEGER NOT NULL,
    "clock_off_ms" DOUBLE PRECISION,

    CONSTRAINT "device_codes_pkey" PRIMARY KEY ("delivery_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "device_codes_digest_key" ON "device_codes"("digest");

-- AddForeignKey
ALTER TABLE "device_codes" ADD CONSTRAINT "device_codes_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;
