-- CreateTable
CREATE TABLE "finished_rides" (
    "delivery_id" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "way_m" DOUBLE PRECISION NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "stops" INTEGER NOT NULL,
    "pace_mps" DOUBLE PRECISION NOT NULL,
    "range_need" DOUBLE PRECISION NOT NULL,
    "held_share" DOUBLE PRECISION NOT NULL,
    "errors" JSONB NOT NULL,

    CONSTRAINT "finished_rides_pkey" PRIMARY KEY ("delivery_id")
);

-- CreateIndex
CREATE INDEX "finished_rides_ended_at_idx" ON "finished_rides"("ended_at");

-- AddForeignKey
ALTER TABLE "finished_rides" ADD CONSTRAINT "finished_rides_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;
