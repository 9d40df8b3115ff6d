-- An account of a vulnerable service as the register is now (R15), by any of its names.
CREATE OR REPLACE TEMP MACRO is_vulnerable_now(platform, native, handle, ref) AS list_has_any(
    getvariable('vulnerable'),
    [platform || ':' || lower(ltrim(name, '@'))
     FOR name IN [native, handle, substr(ref, length(platform) + 2)]]);
