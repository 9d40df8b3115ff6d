-- M17. What the columns are stands at the table.
CREATE OR REPLACE VIEW metric_data_coverage AS
SELECT * FROM covered_months;

COMMENT ON VIEW metric_data_coverage IS
'Datagrunnlag: hva vi har fått inn per konto og måned, hvor mange henvendelser som kan knyttes til en tråd, og hvor mange av kommentarene plattformen melder om, vi faktisk har. Er andelen under 80 prosent, vises tallene uten farge, med grunnen.';
