using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Tests.Bases;

/// <summary>
/// The families of global bases under test: how each is made and what its functions are in closed form. A new family is one more row here;
/// the contract tests and the kernel tests then cover it.
/// </summary>
public static class GlobalFamilies
{
    private static readonly Dictionary<string, Family> s_all = new()
    {
        ["gaussian"] = new GaussianFamily(),
        ["chebyshev"] = new ChebyshevFamily(),
    };

    public static TheoryData<string> Names => [.. s_all.Keys];

    internal static Family Named(string name) => s_all[name];

    internal abstract class Family
    {
        public abstract GlobalBasis<T> Create<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;

        /// <summary>φ_j(x) and its derivatives of order 0 to 5, in closed form.</summary>
        public abstract double[] At(int j, double x);
    }

    private sealed class GaussianFamily : Family
    {
        public override GlobalBasis<T> Create<T>() => new GaussianBasis<T>(-2, 1, 7, 0.75);

        public override double[] At(int j, double x)
        {
            const double H = 0.75;
            double u = (x - (-2 + (0.5 * j))) / H, y = Math.Exp(-u * u);
            return
            [
                y, -2 * u * y / H, ((4 * u * u) - 2) * y / (H * H), ((12 * u) - (8 * u * u * u)) * y / (H * H * H),
                ((16 * Math.Pow(u, 4)) - (48 * u * u) + 12) * y / Math.Pow(H, 4), ((-32 * Math.Pow(u, 5)) + (160 * u * u * u) - (120 * u)) * y / Math.Pow(H, 5),
            ];
        }
    }

    /// <summary>As sums of powers, from DLMF 18.5.1's explicit form; no recurrence.</summary>
    private sealed class ChebyshevFamily : Family
    {
        private static readonly double[][] s_powers =
        [
            [1], [0, 1], [-1, 0, 2], [0, -3, 0, 4], [1, 0, -8, 0, 8], [0, 5, 0, -20, 0, 16],
        ];

        public override GlobalBasis<T> Create<T>() => ThreeTermBasis<T>.Chebyshev(5);

        public override double[] At(int j, double x)
        {
            var result = new double[6];
            for (int order = 0; order < result.Length; order++)
            {
                for (int p = order; p < s_powers[j].Length; p++)
                {
                    double factor = s_powers[j][p];
                    for (int step = 0; step < order; step++)
                        factor *= p - step;
                    result[order] += factor * Math.Pow(x, p - order);
                }
            }

            return result;
        }
    }
}
