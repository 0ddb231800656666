CREATE SCHEMA "students";
--> statement-breakpoint
CREATE TABLE "students"."accommodations" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"time_factor" text NOT NULL,
	"extra_minutes" integer NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "students"."attempts" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"is_open" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "students"."classes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"is_archived" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "students"."devices" (
	"device_hash" text NOT NULL,
	"person_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "devices_device_hash_person_id_pk" PRIMARY KEY("device_hash","person_id")
);
--> statement-breakpoint
CREATE TABLE "students"."idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "students"."inbox" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "students"."invitations" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "students"."members" (
	"class_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"groups" text[] NOT NULL,
	CONSTRAINT "members_class_id_person_id_pk" PRIMARY KEY("class_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "students"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "outbox_data_is_object" CHECK (jsonb_typeof("students"."outbox"."data") = 'object')
);
--> statement-breakpoint
CREATE TABLE "students"."parked_events" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"failures" integer NOT NULL,
	"reason" text NOT NULL,
	"first_failed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone,
	CONSTRAINT "parked_events_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "students"."people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"password_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "students"."refresh_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "students"."sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "students"."throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_failed_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "students"."accommodations" ADD CONSTRAINT "accommodations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "students"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "students"."members" ADD CONSTRAINT "members_class_id_classes_id_fk" FOREIGN KEY ("class_id") REFERENCES "students"."classes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "students"."members" ADD CONSTRAINT "members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "students"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "students"."refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "students"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_open" ON "students"."attempts" USING btree ("person_id") WHERE "students"."attempts"."is_open";--> statement-breakpoint
CREATE INDEX "invitations_person" ON "students"."invitations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "members_person" ON "students"."members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "students"."outbox" USING btree ("occurred_at") WHERE "students"."outbox"."published_at" is null;--> statement-breakpoint
CREATE INDEX "parked_events_due" ON "students"."parked_events" USING btree ("next_attempt_at") WHERE "students"."parked_events"."next_attempt_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "students"."people" USING btree ("email");--> statement-breakpoint
CREATE INDEX "people_name" ON "students"."people" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "students"."refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_open" ON "students"."sessions" USING btree ("person_id") WHERE "students"."sessions"."ended_at" is null;