ALTER TABLE "students"."outbox" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "students"."parked_events" ADD COLUMN "traceparent" text;