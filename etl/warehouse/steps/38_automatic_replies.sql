-- The texts that the municipality itself calls automatic (M3), as texts are stored; run where it lists any.
SET VARIABLE automatic_replies = (
    SELECT list(same_words(mask_tags(mask_text(reply), [])))
    FROM (SELECT unnest(string_split(value, '|')) AS reply FROM register_municipality
        WHERE key = 'automatic_replies')
    WHERE trim(reply) <> '');
