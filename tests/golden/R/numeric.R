# SPDX-License-Identifier: GPL-3.0-or-later
# README: prints the expected numbers of tests/numeric that R gives, one "suite.name value" a line, 15 digits. Run from
# anywhere: Rscript tests/golden/R/numeric.R; base R is enough for most, and a package that is not installed (survival,
# etm, MASS, sandwich, forecast, expm) is named as skipped. Made with R 4.2.2; nothing in the build or the tests runs it.

options(digits = 15, warn = 1)

show <- function(name, values) {
  values <- unlist(values)
  label <- if (length(values) > 1) paste0(name, "[", seq_along(values), "]") else name
  cat(paste0(label, " ", vapply(as.numeric(values), format, "", digits = 15), "\n"), sep = "")
}

with_package <- function(package, block) {
  if (suppressWarnings(suppressMessages(requireNamespace(package, quietly = TRUE)))) block()
  else cat("skipped: package", package, "is not installed\n")
}

exactly <- list(epsilon = 1e-14) # glm: weights of the last step, not of the one before

# ---- dist, interval, quantile
show("dist.normal_quantile", qnorm(c(.75, .9, .975)))
show("dist.hits_of_145", qbinom(c(.025, .975), 145, .8))
show("dist.exact_112_of_145", binom.test(112, 145)$conf.int)
show("dist.gamma_limits", qgamma(c(.025, .5, .975), 5.634705178 + 2, 33.410846162 + 20.5))
z95 <- 1.959963984540054
for (o in c(0, 1, 5, 12, 62)) {
  low <- if (o > 0) o * (1 - 1 / (9 * o) - z95 / (3 * sqrt(o)))^3 else 0
  show(paste0("interval.byar_", o), c(low, (o + 1) * (1 - 1 / (9 * (o + 1)) + z95 / (3 * sqrt(o + 1)))^3))
  show(paste0("interval.exact_", o), c(if (o > 0) qchisq(.025, 2 * o) / 2 else 0, qchisq(.975, 2 * o + 2) / 2))
}
wilson <- function(x, n) prop.test(x, n, correct = FALSE)$conf.int
for (x in list(c(0, 12), c(3, 41), c(78, 120), c(40, 40), c(112, 145)))
  show(paste0("interval.share_", x[1], "_of_", x[2]), suppressWarnings(wilson(x[1], x[2])))
a <- wilson(78, 120)
b <- wilson(60, 118)
p <- c(78 / 120, 60 / 118)
show("interval.difference", p[1] - p[2] + c(-sqrt((p[1] - a[1])^2 + (b[2] - p[2])^2), sqrt((a[2] - p[1])^2 + (p[2] - b[1])^2)))
show("interval.change_p", c(binom.test(221, 409, 48450 / 96650)$p.value, binom.test(104, 196)$p.value))
z <- c(3.1, .4, 7.7, 2.2, 9.9, 5, 4.4, 1.8, 6.3, 8.5)
levels7 <- c(.025, .1, .25, .5, .75, .9, .975)
show("quantile.type_8", quantile(z, levels7, type = 8))
show("quantile.moments", c(mean(10 * z), sd(10 * z)))

# ---- negative_binomial
show("negative_binomial.pmf", dnbinom(c(0, 3, 50), size = 3, mu = 12))
show("negative_binomial.cdf", pnbinom(c(3, 50), size = 3, mu = 12))
show("negative_binomial.poisson", c(dpois(c(0, 7), 7), ppois(7, 7)))
show("negative_binomial.cdf_large", c(pnbinom(7, 1e6, mu = 7), pnbinom(9, c(2e4, 9e5), mu = 7), pnbinom(5000, 9e7, mu = 5000)))
show("negative_binomial.quantile", qnbinom(c(.001, .1, .5, .9, .999), size = 3, mu = 12))
show("negative_binomial.quantile_wide", qnbinom(c(.001, .1, .5, .9, .999), size = .4, mu = 900))
y <- c(14, 9, 11, 17, 8, 21, 13, 12, 10, 19, 25, 7)
people <- c(480, 482, 485, 487, 490, 492, 493, 495, 497, 498, 500, 501) / 12
year <- (0:11) / 12
line <- glm(y ~ year + offset(log(people)), poisson, control = exactly)
show("negative_binomial.means", fitted(line))
k <- mean(y)^2 / (var(y) - mean(y))
show("negative_binomial.moments", c(k, sqrt(2 * k * (k + 1) * (mean(y) + k)^2 / (12 * mean(y)^2))))
mu <- fitted(line)
k <- sum(mu^2) / (sum((y - mu)^2) * 12 / 10 - sum(mu))
show("negative_binomial.moments_line", c(k, k^2 * sqrt(2 * (1 + 1 / k) * sum((mu + mu^2 / k)^2)) / sum(mu^2)))
with_package("MASS", function() {
  one <- suppressWarnings(MASS::theta.ml(y, rep(mean(y), 12), limit = 100, eps = 1e-14))
  show("negative_binomial.theta", c(one, attr(one, "SE")))
  constant <- MASS::glm.nb(y ~ 1)
  ratio <- as.numeric(2 * (logLik(constant) - logLik(glm(y ~ 1, poisson))))
  show("negative_binomial.log_likelihood", c(logLik(constant), logLik(glm(y ~ 1, poisson))))
  show("negative_binomial.ratio", c(ratio, pchisq(ratio, 1, lower.tail = FALSE) / 2))
  two <- suppressWarnings(MASS::theta.ml(y, mu, limit = 100, eps = 1e-14))
  show("negative_binomial.theta_line", c(two, attr(two, "SE"), sum(dnbinom(y, size = two, mu = mu, log = TRUE))))
})

# ---- score
d <- outer(z, z, function(a, b) abs(a - b))
show("score.sample", mean(abs(z - 4)) - sum(d) / 2 / c(100, 90))
crps_normal <- function(m, s, y) {
  x <- (y - m) / s
  s * (x * (2 * pnorm(x) - 1) + 2 * dnorm(x) - 1 / sqrt(pi))
}
show("score.normal", c(crps_normal(0, 1, .5), crps_normal(500, 20, 530)))
squares <- function(m, s, y, to) {
  f <- function(t) (pnorm(t, m, s) - (t >= y))^2
  tight <- function(a, b) integrate(f, a, b, rel.tol = 1e-13, subdivisions = 1000L)$value
  tight(m - 12 * s, y) + tight(y, m + 12 * s)
}
show("score.normal_integral", c(squares(0, 1, .5), squares(500, 20, 530)))
n <- 0:100000
show("score.poisson", c(sum((ppois(n, 7) - (n >= 10))^2), sum((ppois(n, .3) - (n >= 2))^2), sum((ppois(n, 900) - (n >= 870))^2)))
crps_nb <- function(size, mu, y) sum((pnbinom(n, size = size, mu = mu) - (n >= y))^2)
show("score.negative_binomial",
     c(crps_nb(5, 12, 20), crps_nb(.4, 900, 3), crps_nb(50, 2500, 100), crps_nb(50, 2500, 9000), crps_nb(1e8, 7, 9)))
q <- c(440, 458, 475, 492, 510, 528, 561)
pinball <- (530 - q) * (levels7 - (530 < q))
show("score.pinball", pinball)
show("score.wis", 2 * mean(pinball))
show("score.crps_quantiles", 2 * sum(c(.0625, .1125, .2, .25, .2, .1125, .0625) * pinball))
forecast <- c(430, 435, 441)
actual <- c(436, 450, 452)
scale <- mean(abs(diff(c(400, 412, 405, 420, 433, 428))))
mae <- mean(abs(forecast - actual))
show("score.errors", c(mae, 100 * mean(abs(forecast - actual) / actual), mean(forecast - actual), scale, mae / scale))
show("score.pit", ppois(c(9, 10), 7))

# ---- conformal
show("conformal.vincent", .6 * qnorm(c(.1, .5, .9), 500, 20) + .4 * qnorm(c(.1, .5, .9), 480, 40))
linear <- function(p) uniroot(function(x) .6 * pnorm(x, 500, 20) + .4 * pnorm(x, 480, 40) - p, c(300, 700), tol = 1e-13)$root
show("conformal.linear_pool", sapply(c(.1, .5, .9), linear))
show("conformal.residual", c(log(600 / 500) / log(550 / 500), log(500 / 380) / log(500 / 450), log(3 / .5) / log(3)))
r <- c(.31, .92, 1.45, .66, 1.12, .08, 2.4, .77, 1.9, .54, 1.01, .83, .29, 1.33, .61, 1.74, .45, .98, 1.21)
show("conformal.scale", sort(r)[c(10, 16, 19)])
for (size in c(19, 145)) {
  l <- floor((size + 1) * .2 + 1e-9)
  show(paste0("conformal.coverage_", size), qbeta(c(.05, .5, .95), size + 1 - l, l))
}
show("conformal.shrink", exp((12 * log(1.62) + 30 * log(1.08)) / 42))
show("conformal.isotonic", isoreg(c(1, 3, 2, 4, 3.5, 3.6, 1, 9))$yf)
show("conformal.isotonic_weighted", isoreg(c(1, 3, 3, 2, 4, 4, 4, 1))$yf)
final <- 492 * (q / 492)^c(1.3, 1.2, 1.1, 1, 1.1, 1.2, 1.3)
show("conformal.apply", final)
show("conformal.map", exp(approx(log(q), log(final), log(c(450, 500, 540)))$y))
slopes <- diff(log(final)) / diff(log(q))
show("conformal.map_slopes", slopes[c(1, 6)])
show("conformal.map_beyond", exp(log(final[c(1, 7)]) + slopes[c(1, 6)] * log(c(400 / 440, 600 / 561))))
aim <- .2
for (missed in c(1, 0, 1, 1, 0)) {
  aim <- aim + .05 * (.2 - missed)
  show("conformal.adapt", aim)
}

# ---- compare
e1 <- c(3.1, -2.4, 5, 1.2, -4.4, 2.8, -.9, 3.6, -5.1, 2.2, 1.7, -3.3, 4.1, -1.5, 2.6, -2.9, .7, 3.9, -3.7, 1.4)
e2 <- c(3.9, -2.1, 5.8, 2.6, -4.9, 2.2, -1.6, 4.9, -5.5, 1.1, 2.9, -3.9, 4.6, -2.8, 2.1, -3.5, 1.9, 4.4, -3.1, 2.3)
f1 <- c(1.2, -.7, 2.1, .3, -1.8, .9, -.4, 1.5, -2.2, .6, 1.1, -.9)
f2 <- c(1.6, -1.1, 1.9, 1, -2.4, 1.3, -.2, 2.2, -2, 1.4, 1.5, -1.6)
loss <- abs(e1) - abs(e2)
show("compare.sign_test", c(binom.test(6, 8)$p.value, binom.test(8, 8)$p.value))
show("compare.mean", mean(loss))
show("compare.autocovariance", acf(loss, lag.max = 2, type = "covariance", plot = FALSE)$acf[, 1, 1])
with_package("forecast", function() {
  dm <- function(...) {
    test <- forecast::dm.test(...)
    c(test$statistic, test$p.value)
  }
  show("compare.dm_1", dm(e1, e2, h = 1, power = 1))
  show("compare.dm_2", dm(e1, e2, h = 2, power = 1))
  show("compare.dm_3_bartlett", dm(e1, e2, h = 3, power = 1, varestimator = "bartlett"))
  show("compare.dm_absolute", dm(f1, f2, h = 1, power = 1))
  show("compare.dm_squared", dm(f1, f2, h = 1, power = 2))
})
with_package("sandwich", function() {
  x <- abs(f1) - abs(f2)
  m <- lm(x ~ 1)
  for (cluster in list(rep(1:4, each = 3), c(5, 5, 5, 5, 5, 0, 0, 3, 3, 3, 3, 2))) {
    v <- sandwich::vcovCL(m, cluster, type = "HC0", cadjust = FALSE)
    show("compare.cluster_se", sqrt(c(v, sandwich::vcovCL(m, cluster, type = "HC0", cadjust = TRUE))))
    show("compare.design_effect", v / sandwich::vcovHC(m, type = "HC0"))
  }
})

# ---- poisson_glm
events <- c(12, 30, 9, 25, 14, 40)
exposure <- c(41.5, 118.25, 60, 22.75, 20.5, 95)
a <- factor(c(1, 1, 1, 2, 2, 2))
b <- factor(c(1, 2, 3, 1, 2, 3))
g <- glm(events ~ a + b + offset(log(exposure)), poisson, control = exactly)
show("poisson_glm.coefficients", coef(g))
show("poisson_glm.se", summary(g)$coef[, 2])
show("poisson_glm.means", fitted(g))
show("poisson_glm.fit", c(deviance(g), logLik(g), sum(residuals(g, "pearson")^2)))
row <- c(1, 1, 0, 1)
show("poisson_glm.log_rate", c(sum(row * coef(g)), sqrt(t(row) %*% vcov(g) %*% row)))
third <- replace(events, 3, 0)
g <- glm(third ~ a + b + offset(log(exposure)), poisson, control = exactly)
show("poisson_glm.third_row_0", c(coef(g), deviance(g)))
show("poisson_glm.without_b3", coef(glm(events ~ a + b + offset(log(exposure)), poisson, subset = b != 3, control = exactly)))
show("poisson_glm.common_rate", log(sum(events) / sum(exposure)))
show("poisson_glm.line", c(coef(line), summary(line)$coef[, 2], deviance(line), sum(residuals(line, "pearson")^2) / 10))
x <- cbind(1, a == 2, b == 2, b == 3)
penalty <- diag(c(0, 2.5, 2.5, 2.5))
p <- c(-1, 0, 0, 0)
for (i in 1:50) {
  mu <- c(exp(x %*% p) * exposure)
  p <- p + solve(t(x) %*% (mu * x) + penalty, t(x) %*% (events - mu) - penalty %*% p)
}
show("poisson_glm.ridge", p)
show("poisson_glm.ridge_se", sqrt(diag(solve(t(x) %*% (mu * x) + penalty))))

# ---- compound
sizes <- c(.70, .18, .08, .04)
panjer <- function(g, n) {
  p <- c(exp(-g), numeric(n))
  for (i in 1:n) {
    j <- 1:min(i, 4)
    p[i + 1] <- g / i * sum(j * sizes[j] * p[i + 1 - j])
  }
  p
}
show("compound.moments", c(3 * sum(1:4 * sizes), 3 * sum((1:4)^2 * sizes), sum((1:4)^2 * sizes) / sum(1:4 * sizes)))
show("compound.probabilities", panjer(3, 8))
show("compound.ten_or_more", 1 - sum(panjer(3, 9)))
half <- panjer(500, 1600)
show("compound.many", sapply(c(1400, 1460, 1520), function(i) sum(half[1:(i + 1)] * half[(i + 1):1])))

# ---- season, trend
count <- c(30, 22, 41, 28, 35, 27, 39, 33, 18, 36, 25, 26)
days <- c(30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31)
f <- (count + 120) / (sum(count) * days / 365 + 120)
show("season.factors", f / (sum(f * days) / 365))
test <- chisq.test(count, p = days / 365)
show("season.chi2", c(test$statistic, test$p.value))
phase <- 2 * pi * (1:12 - .5) / 12
g <- glm(count ~ cos(phase) + sin(phase) + offset(log(days)), poisson, control = exactly)
ratio <- deviance(glm(count ~ 1 + offset(log(days)), poisson, control = exactly)) - deviance(g)
show("season.harmonic", c(coef(g)[2:3], ratio, pchisq(ratio, 2, lower.tail = FALSE)))
show("trend.multiplier", exp(.04 * cumsum(.8^(1:5))))
t5 <- c(0, 1, 2, 3, 5)
n5 <- c(100, 110, 108, 125, 140)
y5 <- log(n5 / c(50, 51, 52, 53, 55))
w5 <- n5 / 1.6
show("trend.slope", c(coef(lm(y5 ~ t5, weights = w5))[2], 1 / sqrt(sum(w5 * (t5 - weighted.mean(t5, w5))^2))))
x <- cbind(1, t5)
information <- t(x) %*% (w5 * x) + diag(c(0, 1 / .03^2))
show("trend.posterior", c(solve(information, t(x) %*% (w5 * y5) + c(0, .01 / .03^2))[2], sqrt(solve(information)[2, 2])))

# ---- drift
k <- -log(.8)
v <- c(2 * (k - 1 + exp(-k)) / k^2, (1 - exp(-k))^2 / k^2)
show("drift.continuous", c(v, 2 * (v[1] - v[2])))
show("drift.walk", (2 * 12^2 + 1) / (3 * 12) / c(1, 12))
month <- .8^(1 / 12)
steps <- function(f, n) {
  s <- f^abs(outer(1:(2 * n), 1:(2 * n), "-"))
  w <- rep(c(-1, 1) / n, each = n)
  c(sum(s[1:n, 1:n]) / n^2, sum(s[1:n, n + 1:n]) / n^2, t(w) %*% s %*% w / (1 - f^2))
}
show("drift.months", steps(month, 12))
show("drift.three_steps", steps(.3, 3))
change <- .13 * sqrt(2 / 1.8)
show("drift.monthly_sd", c(change, change / sqrt(steps(month, 12)[3])))
count <- c(100, 110, 90, 120)
d <- diff(log(count))
noise <- 1.7 * mean(1 / count[-1] + 1 / count[-4])
show("drift.measure", c(mean(d), var(d), noise, var(d) - noise))
d <- diff(log(count / c(400, 410, 420, 400))) - c(.01, -.02, .03)
show("drift.measure_own", c(mean(d), var(d)))
v <- (8 * .0281 + 5 * .052) / 13
show("drift.shrink", c(v, sqrt(v)))
show("drift.multiplier", c(exp(.15^2 / 2), sqrt(exp(.15^2) - 1)))
show("drift.count_sd", sqrt(1.7 * 200 + 200^2 * (exp(.18^2) - 1)))

# ---- filter: the recursion, and the density of the dense normal
o <- c(182, 205, 176, 221, 240, 214)
y <- log(o / c(98.4, 99.1, 99.9, 100.6, 101.2, 101.9))
step <- rbind(c(1, 0), c(0, .75))
added <- diag(c(0, .13^2))
state <- c(log(2), 0)
covariance <- diag(c(.25, .13^2 / (1 - .75^2)))
h <- c(1, 1)
likelihood <- 0
for (i in 1:6) {
  if (i > 1) {
    state <- step %*% state
    covariance <- step %*% covariance %*% t(step) + added
  }
  innovation <- y[i] - sum(h * state)
  v <- c(t(h) %*% covariance %*% h) + 1 / o[i]
  if (i == 1) show("filter.first", c(innovation, v))
  gain <- covariance %*% h / v
  state <- state + gain * innovation
  covariance <- covariance - gain %*% t(h) %*% covariance
  likelihood <- likelihood - .5 * (log(2 * pi * v) + innovation^2 / v)
}
show("filter.state", c(state, covariance[1, 1], covariance[1, 2], covariance[2, 2], likelihood))
for (i in 1:5) {
  state <- step %*% state
  covariance <- step %*% covariance %*% t(step) + added
  show(paste0("filter.forecast_", i), c(sum(state), sqrt(sum(covariance))))
}
dense <- function(y, mean, s) -.5 * (length(y) * log(2 * pi) + determinant(s)$modulus + t(y - mean) %*% solve(s, y - mean))
show("filter.dense", dense(y, log(2), .25 + .13^2 / (1 - .75^2) * .75^abs(outer(1:6, 1:6, "-")) + diag(1 / o)))
show("filter.local_level", dense(y, .6, .3 + .017 * outer(0:5, 0:5, pmin) + .012 * diag(6)))

# ---- state_space: posterior of a count's log level
count_posterior <- function(before, spread, n, expected, dispersion) {
  top <- n * log(max(n, .5) / expected) - max(n, .5)
  density <- function(x) exp(-(x - before)^2 / 2 / spread + (n * x - expected * exp(x) - top) / dispersion)
  total <- function(g)
    integrate(g, before - 12 * sqrt(spread), before + 12 * sqrt(spread), rel.tol = 1e-13, subdivisions = 2000L)$value
  mass <- total(density)
  mean <- total(function(x) x * density(x)) / mass
  c(mean, total(function(x) (x - mean)^2 * density(x)) / mass)
}
show("state_space.count_1", count_posterior(0, 1, 3, 1, 1))
show("state_space.count_2", count_posterior(0, .04, 0, 5, 1.6))
show("state_space.count_3", count_posterior(-.2, .09, 2, 2.5, 1.5))

# ---- hazard, piecewise
show("hazard.daily", c(-log(1 - .004), 1 - exp(-.004)))
show("hazard.split", -log(1 - .005) * c(.8, .2))
o <- c(2, 11, 3, 20, 9, 41, 5, 64)
e <- c(20.5, 50, 60, 75, 120, 160, 25, 400)
marginal <- function(p) {
  a <- exp(p[1])
  b <- exp(p[2])
  -sum(lgamma(a + o) - lgamma(a) - lgamma(o + 1) + a * log(b / (b + e)) + o * log(e / (b + e)))
}
fit <- optim(c(1, 3), marginal, method = "BFGS", control = list(reltol = 1e-16))
fit <- optim(fit$par, marginal, control = list(reltol = 1e-16, maxit = 5000))
show("hazard.prior", c(exp(fit$par), -fit$value)) # eight digits; glm.nb below has more
show("hazard.posterior", (o + exp(fit$par[1])) / (e + exp(fit$par[2])))
rate <- sum(o) / sum(e)
between <- sum(e * (o / e - rate)^2) / sum(e) - rate / mean(e)
weight <- between / (between + rate / e)
show("hazard.moments", c(rate, between))
show("hazard.moment_means", rate + weight * (o / e - rate))
show("hazard.pooled", 56 / 430.5)
with_package("MASS", function() {
  nb <- MASS::glm.nb(o ~ 1 + offset(log(e)), control = glm.control(epsilon = 1e-14, maxit = 200))
  show("hazard.glm_nb", c(nb$theta, nb$theta / exp(coef(nb)), exp(coef(nb)), logLik(nb)))
})
invert <- function(e) approx(c(0, .364, .912, 1.277, 1.277 + .0005 * 1e5), c(0, 91, 365, 730, 730 + 1e5), e)$y
show("piecewise.invert", sapply(-log(c(.9, .5, .3, .1, .02)), invert))
show("piecewise.incidence", .002 / .0025 * (1 - exp(-.9125)))
show("piecewise.rates", c(2 / 415, 2 / 422, 3 / 673, 1 / 60))

# ---- survival
with_package("survival", function() {
  entry <- c(0, 0, 30, 60, 60, 100, 0, 150, 200, 10)
  exit <- c(45, 120, 95, 200, 310, 180, 400, 365, 390, 75)
  cause <- c(1, 0, 2, 1, 3, 1, 0, 2, 1, 1)
  Surv <- survival::Surv
  s <- survival::survfit(Surv(entry, exit, cause > 0) ~ 1)
  at <- s$n.event > 0
  show("survival.time", s$time[at])
  show("survival.at_risk", s$n.risk[at])
  show("survival.km", s$surv[at])
  show("survival.se", (s$std.err * s$surv)[at])
  show("survival.hazard", s$cumhaz[at])
  show("survival.hazard_var", s$std.chaz[at]^2)
  show("survival.quartiles", quantile(s, c(.25, .5, .75))$quantile)
  show("survival.mean_to_365", summary(s, rmean = 365)$table[["rmean"]])
  show("survival.entry_ignored", summary(survival::survfit(Surv(exit, cause > 0) ~ 1), times = 200)$surv)
  show("survival.others_censored", 1 - summary(survival::survfit(Surv(entry, exit, cause == 1) ~ 1), times = 200)$surv)
  spread <- exp(c(1, -1) * z95 * s$std.err[1] / -log(s$surv[1]))
  show("survival.log_log_limits", s$surv[1]^spread)
  with_package("etm", function() {
    child <- data.frame(id = 1:10, from = 0, to = ifelse(cause == 0, "cens", cause), entry = entry, exit = exit)
    possible <- matrix(FALSE, 4, 4)
    possible[1, 2:4] <- TRUE
    curve <- etm::etm(child, c("0", "1", "2", "3"), possible, "cens", s = 0)
    place <- match(c(45, 75, 95, 180, 200, 310, 365, 390), curve$time)
    for (k in 0:3) {
      show(paste0("survival.aalen_johansen_", k), curve$est["0", as.character(k), place])
      name <- paste("0", k)
      show(paste0("survival.aalen_johansen_var_", k), curve$cov[name, name, place])
    }
  })
})

# ---- funnel
o <- c(210, 95, 330, 160, 410, 75, 280, 120, 510, 190)
n <- 1000 * c(30, 14.5, 41, 26, 52, 16, 33, 15, 70, 21)
theta <- sum(o) / sum(n)
z <- (sqrt(o / n) - sqrt(theta)) / (.5 / sqrt(n))
limits <- quantile(z, c(.1, .9), type = 7)
phi <- mean(pmin(pmax(z, limits[1]), limits[2])^2)
w <- 4 * n
tau2 <- (10 * phi - 9) / (sum(w) - sum(w^2) / sum(w))
show("funnel.fit", c(theta, limits, phi, 1e5 * tau2))
show("funnel.scores", (sqrt(o / n) - sqrt(theta)) / sqrt(.25 / n + tau2))
for (q in qnorm(c(.975, .999))) show("funnel.limits", 1000 * (sqrt(theta) + c(-1, 1) * q * sqrt(.25 / 30000 + tau2))^2)
show("funnel.limits_poisson", 1000 * (sqrt(theta) + c(-1, 1) * z95 * sqrt(.25 / 30000))^2)

# ---- flow
q <- rbind(c(-.50, .15), c(.10, -.35))
arrivals <- c(80, 15)
start <- c(300, 60)
with_package("expm", function() {
  block <- rbind(cbind(q, diag(2)), matrix(0, 2, 4))
  for (t in c(1, 5)) {
    e <- expm::expm(block * t)
    p <- e[1:2, 1:2]
    j <- e[1:2, 3:4]
    m <- start %*% p + arrivals %*% j
    v <- diag(c(m)) - t(p) %*% diag(start) %*% p
    show(paste0("flow.p_", t), t(p))
    show(paste0("flow.j_", t), t(j))
    show(paste0("flow.mean_", t), m)
    show(paste0("flow.covariance_", t), c(v[1, 1], v[1, 2], v[2, 2], sum(v)))
  }
  pair <- function(i, k) integrate(Vectorize(function(s) prod(expm::expm(q * s)[1, c(i, k)])), 0, 1, rel.tol = 1e-12)$value
  show("flow.siblings", 60 * 1.32 * c(pair(1, 1), pair(1, 2), pair(2, 2)))
})
show("flow.steady", -arrivals %*% solve(q))
p <- rbind(c(.9984, .0004, .0001), c(.0003, .9985, .0004), c(0, .0001, .9972))
m <- c(200, 40, 30)
v <- matrix(0, 3, 3)
for (day in 1:365) {
  next_m <- c(m %*% p)
  v <- t(p) %*% v %*% p + diag(next_m) - t(p) %*% diag(m) %*% p + diag(c(.22, .03, .05))
  m <- next_m + c(.22, .03, .05)
}
show("flow.daily_mean", m)
show("flow.daily_covariance", c(v[1, ], v[2, 2:3], v[3, 3], sum(v)))
