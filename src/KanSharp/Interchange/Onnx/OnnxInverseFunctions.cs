namespace KanSharp.Interchange.Onnx;

/// <summary>Inverse trigonometric and hyperbolic functions; in double precision composed of Sqrt, Div, Exp, Log and polynomials.</summary>
internal static class OnnxInverseFunctions
{
    /// <summary>(−1)ᵏ/(2k + 1), the series of arctan z/z in z², which after halving the angle twice is needed for |z| ≤ tan(π/16) only.</summary>
    private static readonly double[] s_arctangent = [.. Enumerable.Range(0, 12).Select(k => (k % 2 == 0 ? 1.0 : -1.0) / ((2 * k) + 1))];

    extension(OnnxValue x)
    {
        /// <summary>arctan x. From |x| to 1/|x| where that is smaller, then tan(α/2) = tan α/(1 + √(1 + tan² α)) twice.</summary>
        public OnnxValue Arctan()
        {
            if (x.Graph.IsSingle)
                return x.Graph.Node("Atan", x);
            OnnxValue a = x.Abs(), large = a.Above(1);
            OnnxValue tangent = large.Choose(1 / a, a);
            OnnxValue half = tangent / (1 + (1 + tangent.Square()).Sqrt());
            OnnxValue quarter = half / (1 + (1 + half.Square()).Sqrt());
            OnnxValue angle = 4 * (quarter * quarter.Square().Polynomial(s_arctangent));
            OnnxValue positive = large.Choose((Math.PI / 2) - angle, angle);
            return x.Below(0).Choose(-positive, positive);
        }

        /// <summary>2·arctan(x/(1 + √(1 − x²))), NaN outside [−1, 1].</summary>
        public OnnxValue Arcsin() =>
            x.Graph.IsSingle ? x.Graph.Node("Asin", x) : 2 * (x / (1 + ((1 - x) * (1 + x)).Sqrt())).Arctan();

        /// <summary>2·arctan √((1 − x)/(1 + x)), NaN outside [−1, 1].</summary>
        public OnnxValue Arccos() => x.Graph.IsSingle ? x.Graph.Node("Acos", x) : 2 * ((1 - x) / (1 + x)).Sqrt().Arctan();

        /// <summary>½·(ln(1 + x) − ln(1 − x)), NaN outside [−1, 1].</summary>
        public OnnxValue Arctanh() => 0.5 * (x.LogOnePlus() - (-x).LogOnePlus());

        /// <summary>Below |x| = 1 the power series, beyond it exponentials of x/2, which do not overflow too early.</summary>
        public OnnxValue Sinh()
        {
            OnnxValue series = x * x.Square().Polynomial(OnnxFunctions.Series(10, 2, 3, sign: 1));
            OnnxValue up = (0.5 * x).Exp(), down = (-0.5 * x).Exp();
            return x.Abs().Below(1).Choose(series, ((0.5 * up) * up) - ((0.5 * down) * down));
        }

        public OnnxValue Cosh()
        {
            OnnxValue up = (0.5 * x).Exp(), down = (-0.5 * x).Exp();
            return ((0.5 * up) * up) + ((0.5 * down) * down);
        }
    }
}
