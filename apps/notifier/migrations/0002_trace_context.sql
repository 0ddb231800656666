ALTER TABLE "notifier"."outbox" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "notifier"."parked_events" ADD COLUMN "traceparent" text;