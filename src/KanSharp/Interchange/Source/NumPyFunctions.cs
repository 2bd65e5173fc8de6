namespace KanSharp.Interchange.Source;

/// <summary>Functions that a generated Python module brings along.</summary>
internal static class NumPyFunctions
{
    private static readonly Dictionary<string, string> s_functions = new(StringComparer.Ordinal)
    {
        ["_erf"] = "_erf = np.vectorize(math.erf, otypes=[np.float64])",
        ["_bessel"] = """
            def _bessel(order, x):
                a = np.abs(x)
                angle = 2 * np.pi / 100 * np.arange(100)
                near = np.cos(order * angle - np.minimum(a, 50)[..., None] * np.sin(angle)).mean(axis=-1)
                far = np.maximum(a, 50)
                p, q, term = 0, 0, 1
                for n in range(20):
                    p, q = (p + term * (1 - n % 4), q) if n % 2 == 0 else (p, q + term * (2 - n % 4))
                    term = term * (4 * order * order - (2 * n + 1) ** 2) / ((n + 1) * 8 * far)
                phase = far - (order + 0.5) * np.pi / 2
                far = np.sqrt(2 / np.pi / far) * (p * np.cos(phase) - q * np.sin(phase))
                return np.where((x < 0) & (order == 1), -1, 1) * np.where(a < 50, near, far)
            """,
        ["_splines"] = """
            def _splines(x, knots, degree, linear):
                # [N, I, n]: the cell of each input, its degree + 1 functions by the triangular scheme, all others 0
                count = knots.shape[1] - degree - 1
                rows = np.broadcast_to(np.arange(x.shape[1]), x.shape)
                t = np.broadcast_to(np.pad(knots, ((0, 0), (degree, degree)), mode="edge"), (x.shape[1], knots.shape[1] + 2 * degree))
                first, last = (2 * degree, degree + count - 1) if linear else (degree, knots.shape[1] + degree - 2)
                low, high = t[:, first], t[:, last + 1]
                at = np.clip(x, low, high)
                wide = t[:, first + 1:last + 2] > t[:, first:last + 1]
                top = last - np.argmax(wide[:, ::-1], axis=1)
                cell = np.clip((at[:, :, None] >= t[:, first:last + 1]).sum(axis=2) - 1 + first, first, top)
                beyond = np.where(x == at, 0, x - at) if linear else np.zeros_like(x)
                values = [np.ones_like(x)]
                for d in range(1, degree + 1):
                    rest, before, tangent = 0, 0, degree * beyond if d == degree else 0
                    for r in range(d):
                        left, right = t[rows, cell + 1 - d + r], t[rows, cell + r + 1]
                        term = values[r] / (right - left)
                        values[r] = rest + (right - at) * term + tangent * (before - term)
                        rest, before = (at - left) * term, term
                    values.append(rest + tangent * before)
                if not linear:
                    outside = (x < low) | (x >= high)
                    values = [np.where(outside, 0, v) for v in values]
                full = np.zeros(x.shape + (count + 4 * degree,), dtype=x.dtype)
                each = np.arange(x.shape[0])[:, None]
                for r in range(degree + 1):
                    full[each, rows, cell + r] = values[r]
                return full[:, :, 2 * degree:2 * degree + count]
            """,
        ["_sech2"] = """
            def _sech2(t):
                e = np.exp(-2 * np.abs(t))
                return 4 * e / (1 + e) ** 2
            """,
        ["_recurrence"] = """
            def _recurrence(x, a, b, c):
                v = [np.ones_like(x), a[0] * x + b[0]]
                for n in range(1, len(a)):
                    v.append((a[n] * x + b[n]) * v[n] - c[n] * v[n - 1])
                return np.stack(v, axis=2)
            """,
        ["_rational"] = """
            def _rational(x, numerator, denominators):
                a, top = np.abs(x), 0
                for coefficient in numerator[::-1]:
                    top = top * x + coefficient
                below = 1 + a * (denominators[:, 0] + a * (denominators[:, 1] + a * (denominators[:, 2] + a * denominators[:, 3])))
                return (top / below)[:, :, None]
            """,
        ["_meyer_taper"] = """
            def _meyer_taper(u):
                a = np.minimum(np.abs(u), 1)
                t = np.maximum(2 * a - 1, 0)
                return np.sin(np.pi * a) * np.cos(np.pi / 2 * t ** 4 * (35 + t * (-84 + t * (70 - 20 * t)))) * (a < 1)
            """,
        ["_meyer"] = """
            def _meyer(u, weights, frequencies):
                total = 0
                for weight, frequency in zip(weights, frequencies):
                    total = total + weight * np.cos(frequency * u)
                return np.where(np.abs(u) < 24, total, 0)
            """,
    };

    /// <summary>The functions of these names, in a fixed order.</summary>
    public static IEnumerable<string> Of(IReadOnlySet<string> names) => s_functions.Where(function => names.Contains(function.Key)).Select(function => function.Value);
}
