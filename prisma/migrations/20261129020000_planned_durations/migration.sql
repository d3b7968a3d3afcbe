-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "route_ms" INTEGER;

-- AlterTable
ALTER TABLE "route_outbox" ADD COLUMN     "route_ms" INTEGER;
