CREATE SCHEMA "quizzes";
--> statement-breakpoint
CREATE TABLE "quizzes"."images" (
	"digest" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"width_pixels" integer NOT NULL,
	"height_pixels" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"stored_by" text NOT NULL,
	"stored_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quizzes"."inbox" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "quizzes"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "outbox_data_is_object" CHECK (jsonb_typeof("quizzes"."outbox"."data") = 'object')
);
--> statement-breakpoint
CREATE TABLE "quizzes"."parked_events" (
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
CREATE TABLE "quizzes"."questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"type" text NOT NULL,
	"tags" text[] NOT NULL,
	"search_text" text NOT NULL,
	"revision" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "questions_body_is_object" CHECK (jsonb_typeof("quizzes"."questions"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "quizzes"."quizzes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"editor_ids" text[] NOT NULL,
	"question_ids" text[] NOT NULL,
	"search_text" text NOT NULL,
	"revision" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "quizzes_body_is_object" CHECK (jsonb_typeof("quizzes"."quizzes"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "quizzes"."versions" (
	"digest" text PRIMARY KEY NOT NULL,
	"quiz_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"paper_digest" text NOT NULL,
	"key_digest" text NOT NULL,
	"body" jsonb NOT NULL,
	"paper" jsonb NOT NULL,
	"key" jsonb NOT NULL,
	CONSTRAINT "versions_body_is_object" CHECK (jsonb_typeof("quizzes"."versions"."body") = 'object'),
	CONSTRAINT "versions_paper_is_object" CHECK (jsonb_typeof("quizzes"."versions"."paper") = 'object'),
	CONSTRAINT "versions_key_is_object" CHECK (jsonb_typeof("quizzes"."versions"."key") = 'object')
);
--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "quizzes"."outbox" USING btree ("occurred_at") WHERE "quizzes"."outbox"."published_at" is null;--> statement-breakpoint
CREATE INDEX "parked_events_due" ON "quizzes"."parked_events" USING btree ("next_attempt_at") WHERE "quizzes"."parked_events"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "questions_owner" ON "quizzes"."questions" USING btree ("owner_id","updated_at");--> statement-breakpoint
CREATE INDEX "questions_tags" ON "quizzes"."questions" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "quizzes_owner" ON "quizzes"."quizzes" USING btree ("owner_id","updated_at");--> statement-breakpoint
CREATE INDEX "quizzes_editors" ON "quizzes"."quizzes" USING gin ("editor_ids");--> statement-breakpoint
CREATE INDEX "quizzes_questions" ON "quizzes"."quizzes" USING gin ("question_ids");--> statement-breakpoint
CREATE UNIQUE INDEX "versions_number" ON "quizzes"."versions" USING btree ("quiz_id","number");--> statement-breakpoint
CREATE INDEX "versions_paper" ON "quizzes"."versions" USING btree ("paper_digest");--> statement-breakpoint
CREATE INDEX "versions_key" ON "quizzes"."versions" USING btree ("key_digest");