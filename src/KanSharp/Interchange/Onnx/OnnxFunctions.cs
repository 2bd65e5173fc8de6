namespace KanSharp.Interchange.Onnx;

/// <summary>
/// Elementary functions as nodes that run in both precisions, NaN and infinities included. ONNX Runtime has no kernels in double precision for Cos, Tan, Asin, Acos,
/// Atan, Sinh, Cosh, Atanh, Erf and Softplus; there these are composed of others to within some units of the last place of 1.
/// </summary>
internal static class OnnxFunctions
{
    extension(OnnxValue x)
    {
        public OnnxValue Exp() => x.Graph.Node("Exp", x);

        public OnnxValue Log() => x.Graph.Node("Log", x);

        public OnnxValue Sqrt() => x.Graph.Node("Sqrt", x);

        public OnnxValue Abs() => x.Graph.Node("Abs", x);

        public OnnxValue Sin() => x.Graph.Node("Sin", x);

        public OnnxValue Tanh() => x.Graph.Node("Tanh", x);

        public OnnxValue Square() => x * x;

        /// <summary>1 − 2·sin²(x/2): halving is exact, where x + π/2 would be rounded.</summary>
        public OnnxValue Cos() => x.Graph.IsSingle ? x.Graph.Node("Cos", x) : 1 - (2 * (0.5 * x).Sin().Square());

        public OnnxValue Tan() => x.Sin() / x.Cos();

        /// <summary>1/(1 + e⁻ˣ).</summary>
        public OnnxValue Sigmoid() => 1 / (1 + (-x).Exp());

        /// <summary>x/(1 + e⁻ˣ). Runtimes fuse x·σ(x) into an operator that may lack double precision; the bound gives −∞ its limit 0.</summary>
        public OnnxValue SiLU()
        {
            OnnxValue bounded = x.AtLeast(x.Graph.IsSingle ? -200 : -2000);
            return bounded / (1 + (-bounded).Exp());
        }

        /// <summary>x·Φ(x).</summary>
        public OnnxValue GELU()
        {
            OnnxValue bounded = x.AtLeast(-40);
            return (0.5 * bounded) * (1 + (Math.Sqrt(0.5) * bounded).Erf());
        }

        /// <summary>ln(1 + eˣ).</summary>
        public OnnxValue Softplus() => x.AtLeast(0) + (-x.Abs()).Exp().LogOnePlus();

        /// <summary>ln(1 + x), exact near 0: ln u·x/(u − 1) with u = 1 + x rounded.</summary>
        public OnnxValue LogOnePlus()
        {
            OnnxGraph graph = x.Graph;
            OnnxValue one = graph.Constant(1), u = one + x, log = u.Log(), rounded = u - one;
            OnnxValue corrected = graph.Node("Equal", rounded, graph.Constant(0)).Choose(x, log * (x / rounded));
            return x.Abs().Above(1).Choose(log, corrected);
        }

        public OnnxValue ReLU() => x.AtLeast(0);

        /// <summary>−1, 0 or 1.</summary>
        public OnnxValue Sign() => x.Above(0).Choose(x.Graph.Constant(1), x.Below(0).Choose(x.Graph.Constant(-1), x));

        /// <summary>1 above 0, else 0.</summary>
        public OnnxValue Step() => x.Above(0).Choose(x.Graph.Constant(1), x.AtLeast(0));

        /// <summary>sin x/x.</summary>
        public OnnxValue Sinc()
        {
            OnnxValue a = x.Abs().AtMost(x.Graph.IsSingle ? 1e30 : 1e300), small = a.Below(1);
            OnnxValue safe = small.Choose(x.Graph.Constant(1), a);
            return small.Choose(a.Square().Polynomial(Series(11, 2, 3)), safe.Sin() / safe);
        }

        /// <summary>A whole or half power, in multiplications and a square root; others by Pow.</summary>
        public OnnxValue Power(double exponent)
        {
            double twice = 2 * exponent;
            if (Math.Abs(exponent) > 64 || twice != Math.Truncate(twice))
                return x.Graph.Node("Pow", x, x.Graph.Constant(exponent));
            int halves = (int)Math.Abs(twice);
            OnnxValue? result = (halves & 1) == 1 ? x.Sqrt() : null;
            OnnxValue square = x;
            for (int rest = halves >> 1; rest > 0; rest >>= 1)
            {
                if ((rest & 1) == 1)
                    result = result is { } product ? product * square : square;
                if (rest > 1)
                    square *= square;
            }

            OnnxValue power = result ?? (x.Zeros() + 1);
            return twice < 0 ? 1 / power : power;
        }

        /// <summary>A polynomial by Horner's rule.</summary>
        /// <param name="coefficients">Lowest power first, at least two.</param>
        public OnnxValue Polynomial(params ReadOnlySpan<double> coefficients)
        {
            OnnxValue sum = (x * coefficients[^1]) + coefficients[^2];
            for (int power = coefficients.Length - 3; power >= 0; power--)
                sum = (sum * x) + coefficients[power];
            return sum;
        }
    }

    /// <summary>Coefficients 1, −1/(a·b), 1/(a·b·(a + 2)·(b + 2)), … of the powers of x²: sin x/x with (2, 3); with negative sign +1 instead of −1 those of sinh x/x.</summary>
    internal static double[] Series(int count, int a, int b, double sign = -1)
    {
        double[] coefficients = new double[count];
        coefficients[0] = 1;
        for (int k = 1; k < count; k++)
            coefficients[k] = coefficients[k - 1] * sign / ((a + (2 * (k - 1))) * (double)(b + (2 * (k - 1))));
        return coefficients;
    }
}
