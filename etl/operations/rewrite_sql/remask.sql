-- Today's masks over the texts that are stored.
UPDATE lake_comments SET text = mask_tags(mask_text(text), getvariable('own_handles'))
WHERE text IS DISTINCT FROM mask_tags(mask_text(text), getvariable('own_handles'));
UPDATE lake_posts SET text = mask_tags(mask_text(text), getvariable('own_handles'))
WHERE text IS DISTINCT FROM mask_tags(mask_text(text), getvariable('own_handles'));
UPDATE lake_rejected SET raw = mask_tags(mask_text(raw), getvariable('own_handles'))
WHERE raw IS DISTINCT FROM mask_tags(mask_text(raw), getvariable('own_handles'));
UPDATE lake_comments SET text = without_initials(text)
WHERE is_own AND text <> without_initials(text);
