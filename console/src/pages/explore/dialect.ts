// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the dialect knows, for completion: each function in its first form, as docs/sql-coverage.md
 * has it. A test of the product holds the names to its table of functions.
 */
const FORMS = `
abs(integer) -> integer
acos(double) -> double
ago(interval day to second) -> timestamp
all_match(array(T), function(T, boolean)) -> boolean
any_match(array(T), function(T, boolean)) -> boolean
array_distinct(array(K)) -> array(K)
array_except(array(K), array(K)) -> array(K)
array_intersect(array(K), array(K)) -> array(K)
array_join(array(T), varchar) -> varchar
array_max(array(K)) -> K
array_min(array(K)) -> K
array_position(array(K), K) -> bigint
array_remove(array(K), K) -> array(K)
array_sort(array(K)) -> array(K)
array_union(array(K), array(K)) -> array(K)
arrays_overlap(array(K), array(K)) -> boolean
asin(double) -> double
at_timezone(timestamp, varchar) -> timestamp
atan(double) -> double
atan2(double, double) -> double
bin(timestamp, interval day to second) -> timestamp
bit_count(bigint, bigint) -> bigint
bitwise_and(bigint, bigint) -> bigint
bitwise_not(bigint) -> bigint
bitwise_or(bigint, bigint) -> bigint
bitwise_xor(bigint, bigint) -> bigint
cardinality(array(T)) -> bigint
cbrt(double) -> double
ceil(integer) -> integer
chr(bigint) -> varchar
codepoint(varchar) -> integer
concat(varchar, varchar...) -> varchar
contains(array(K), K) -> boolean
correlate_pearson(timeseries(double), timeseries(double)) -> double
correlate_spearman(timeseries(double), timeseries(double)) -> double
cos(double) -> double
cosh(double) -> double
current_timezone() -> varchar
date(timestamp) -> date
date_add(varchar, bigint, date) -> date
date_diff(varchar, date, date) -> bigint
date_format(timestamp, varchar) -> varchar
date_parse(varchar, varchar) -> timestamp
date_trunc(varchar, date) -> date
day(timestamp) -> bigint
day_of_week(timestamp) -> bigint
day_of_year(timestamp) -> bigint
degrees(double) -> double
derivative_linear(timeseries(double), interval day to second) -> timeseries(double)
e() -> double
element_at(array(T), bigint) -> T
exp(double) -> double
filter(array(T), function(T, boolean)) -> array(T)
flatten(array(array(T))) -> array(T)
floor(integer) -> integer
format_datetime(timestamp, varchar) -> varchar
from_base(varchar, bigint) -> bigint
from_iso8601_date(varchar) -> date
from_iso8601_timestamp(varchar) -> timestamp
from_milliseconds(bigint) -> timestamp
from_nanoseconds(bigint) -> timestamp
from_unixtime(double) -> timestamp
greatest(K, K...) -> K
grouping(T, T...) -> bigint
hamming_distance(varchar, varchar) -> bigint
hour(timestamp) -> bigint
infinity() -> double
integral_trapezoidal(timeseries(double)) -> double
interpolate_fill(timeseries(T), array(timestamp), T) -> timeseries(T)
interpolate_linear(timeseries(double), array(timestamp)) -> timeseries(double)
interpolate_locf(timeseries(T), array(timestamp)) -> timeseries(T)
interpolate_spline_cubic(timeseries(double), array(timestamp)) -> timeseries(double)
is_finite(double) -> boolean
is_infinite(double) -> boolean
is_nan(double) -> boolean
last_day_of_month(timestamp) -> date
least(K, K...) -> K
length(varchar) -> bigint
levenshtein_distance(varchar, varchar) -> bigint
ln(double) -> double
log(double, double) -> double
log10(double) -> double
log2(double) -> double
lower(varchar) -> varchar
lpad(varchar, bigint, varchar) -> varchar
ltrim(varchar) -> varchar
millisecond(timestamp) -> bigint
minute(timestamp) -> bigint
mod(integer, integer) -> integer
month(timestamp) -> bigint
nan() -> double
nanosecond(timestamp) -> bigint
non_negative_derivative_linear(timeseries(double), interval day to second) -> timeseries(double)
none_match(array(T), function(T, boolean)) -> boolean
now() -> timestamp
parse_datetime(varchar, varchar) -> timestamp
parse_duration(varchar) -> interval day to second
pi() -> double
power(double, double) -> double
quarter(timestamp) -> bigint
radians(double) -> double
random() -> double
reduce(array(T), S, function(S, T, S), function(S, R)) -> R
regexp_extract(varchar, varchar) -> varchar
regexp_extract_all(varchar, varchar) -> array(varchar)
regexp_like(varchar, varchar) -> boolean
regexp_replace(varchar, varchar) -> varchar
regexp_split(varchar, varchar) -> array(varchar)
repeat(T, bigint) -> array(T)
replace(varchar, varchar) -> varchar
reverse(varchar) -> varchar
round(integer) -> integer
rpad(varchar, bigint, varchar) -> varchar
rtrim(varchar) -> varchar
second(timestamp) -> bigint
sequence(bigint, bigint) -> array(bigint)
shuffle(array(T)) -> array(T)
sign(integer) -> integer
sin(double) -> double
slice(array(T), bigint, bigint) -> array(T)
split(varchar, varchar) -> array(varchar)
split_part(varchar, varchar, bigint) -> varchar
sqrt(double) -> double
starts_with(varchar, varchar) -> boolean
strpos(varchar, varchar) -> bigint
strrpos(varchar, varchar) -> bigint
substr(varchar, bigint) -> varchar
tan(double) -> double
tanh(double) -> double
to_base(bigint, bigint) -> varchar
to_iso8601(timestamp) -> varchar
to_milliseconds(timestamp) -> bigint
to_nanoseconds(timestamp) -> bigint
to_unixtime(timestamp) -> double
transform(array(T), function(T, U)) -> array(U)
trim(varchar) -> varchar
truncate(double) -> double
typeof(T) -> varchar
upper(varchar) -> varchar
week(timestamp) -> bigint
year(timestamp) -> bigint
year_of_week(timestamp) -> bigint
zip(array(T), array(U)) -> array(row(T, U))
zip_with(array(T), array(U), function(T, U, R)) -> array(R)
approx_distinct(K) -> bigint
approx_percentile(bigint, double) -> bigint
arbitrary(T) -> T
array_agg(T) -> array(T)
avg(double) -> double
bitwise_and_agg(bigint) -> bigint
bitwise_or_agg(bigint) -> bigint
bool_and(boolean) -> boolean
bool_or(boolean) -> boolean
corr(double, double) -> double
count() -> bigint
count_if(boolean) -> bigint
covar_pop(double, double) -> double
covar_samp(double, double) -> double
create_time_series(timestamp, V) -> timeseries(V)
geometric_mean(double) -> double
kurtosis(double) -> double
max(K) -> K
max_by(T, K) -> T
min(K) -> K
min_by(T, K) -> T
regr_intercept(double, double) -> double
regr_slope(double, double) -> double
skewness(double) -> double
stddev_pop(double) -> double
stddev_samp(double) -> double
sum(bigint) -> bigint
var_pop(double) -> double
var_samp(double) -> double
cume_dist() -> double
dense_rank() -> bigint
first_value(T) -> T
lag(T) -> T
last_value(T) -> T
lead(T) -> T
nth_value(T, bigint) -> T
ntile(bigint) -> bigint
percent_rank() -> double
rank() -> bigint
row_number() -> bigint
`

interface KnownFunction {
  name: string
  form: string
}

export const FUNCTIONS: readonly KnownFunction[] = FORMS.trim()
  .split('\n')
  .map((form) => ({ name: form.slice(0, form.indexOf('(')), form }))

export const KEYWORDS: readonly string[] = (
  'ALL AND ANY ARRAY AS ASC BETWEEN BY CASE CAST CROSS CUBE CURRENT CURRENT_DATE CURRENT_TIME ' +
  'CURRENT_TIMESTAMP DATE DESC DESCRIBE DISTINCT ELSE END ESCAPE EXCEPT EXISTS EXTRACT FALSE FILTER ' +
  'FIRST FOLLOWING FROM FULL GROUP GROUPING HAVING IF IN INNER INTERSECT INTERVAL IS JOIN LAST ' +
  'LATERAL LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NOT NULL NULLS ON OR ORDER ORDINALITY OUTER ' +
  'OVER PARTITION PRECEDING RANGE RIGHT ROLLUP ROW ROWS SELECT SETS SHOW DATABASES MEASURES TABLES ' +
  'SOME THEN TIME TIMESTAMP TRUE TRY_CAST UNBOUNDED UNION UNNEST USING VALUES WHEN WHERE WINDOW WITH'
).split(' ')
