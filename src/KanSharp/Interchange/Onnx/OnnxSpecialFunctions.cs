using KanSharp.Symbolics.Functions;

namespace KanSharp.Interchange.Onnx;

/// <summary>The error function and Bessel functions.</summary>
internal static class OnnxSpecialFunctions
{
    /// <summary>erf(√z)/√z − 1 for 0 ≤ z ≤ 1, lowest power first; see SimdMath.Erf.</summary>
    private static ReadOnlySpan<double> ErfTail =>
    [
        0.12837916709551256, -0.37612638903183543, 0.11283791670945006, -0.02686617064323777, 0.0052239776071164225, -0.0008548325975389692, 0.00012055294904839707,
        -1.492473690741966e-5, 1.6447424703317362e-6, -1.6208483801871705e-7, 1.3720064546777686e-8, -7.795898827002142e-10,
    ];

    /// <summary>(1 + 2u)·e^(u²)·erfc(u) in t = (u − 4)/(u + 4), lowest power first.</summary>
    private static ReadOnlySpan<double> ErfcCore =>
    [
        1.2329951186255526, -0.13962111684056228, 0.015379652102619974, 0.06809705425466839, -0.10103906603631811, 0.09373283499911264, -0.06633036581186058,
        0.037167515526338006, -0.01619773406293477, 0.005031970069102256, -0.0007577732435942576, -0.0001992571524726518, 0.00015062142608651945,
        -2.4397731143023292e-5, -1.1221135665965907e-5, 5.70657829924074e-6, 2.9173425573089733e-7, -8.210647933297337e-7, 7.771943241086912e-8,
        1.0631817593818149e-7, -2.0725802488181963e-8, -1.2338731403798444e-8, 3.2323973445082033e-9, 9.297625263709659e-10, -2.764120233734578e-10,
    ];

    extension(OnnxValue x)
    {
        /// <summary>An odd polynomial below 1, 1 − erfc beyond.</summary>
        public OnnxValue Erf()
        {
            if (x.Graph.IsSingle)
                return x.Graph.Node("Erf", x);
            OnnxValue a = x.Abs().AtMost(40), square = a.Square();
            OnnxValue inner = a + (a * square.Polynomial(ErfTail));
            OnnxValue scaled = ((a - 4) / (a + 4)).Polynomial(ErfcCore) / (1 + (2 * a));
            OnnxValue positive = a.Below(1).Choose(inner, 1 - ((-square).Exp() * scaled));
            return x.Below(0).Choose(-positive, positive);
        }

        public OnnxValue BesselJ0() => x.Bessel(BesselSeries.Inner0, BesselSeries.Outer0P, BesselSeries.Outer0Q, isFirst: false);

        public OnnxValue BesselJ1() => x * x.Bessel(BesselSeries.Inner1, BesselSeries.Outer1P, BesselSeries.Outer1Q, isFirst: true);

        /// <summary>J₀ or J₁/x, by the series of <see cref="BesselSeries"/> in powers.</summary>
        private OnnxValue Bessel(ReadOnlySpan<double> inner, ReadOnlySpan<double> outerP, ReadOnlySpan<double> outerQ, bool isFirst)
        {
            const double Border = BesselSeries.Border;
            OnnxValue a = x.Abs(), near = a.AtMost(Border), far = a.AtLeast(Border).AtMost(x.Graph.IsSingle ? 1e30 : 1e300);
            OnnxValue inside = ((near.Square() * (2 / (Border * Border))) - 1).Polynomial(Powers(inner));
            OnnxValue ratio = Border / far, t = (2 * ratio.Square()) - 1;
            OnnxValue p = t.Polynomial(Powers(outerP)), q = ratio * t.Polynomial(Powers(outerQ));
            OnnxValue sine = far.Sin(), cosine = far.Cos(), sum = cosine + sine, difference = sine - cosine;
            OnnxValue size = (1 / (Math.PI * far)).Sqrt();
            OnnxValue outside = isFirst ? (size * ((p * difference) + (q * sum))) / far : size * ((p * sum) - (q * difference));
            return a.Above(Border).Choose(outside, inside);
        }
    }

    /// <summary>Σ c_k·T_k(t) as Σ a_k·tᵏ; the coefficients decay much faster than those of T_k grow.</summary>
    private static double[] Powers(ReadOnlySpan<double> chebyshev)
    {
        int count = chebyshev.Length;
        var powers = new double[count];
        double[] before = new double[count], last = new double[count];
        (before[0], last[1]) = (1, 1);
        powers[0] = chebyshev[0];
        for (int k = 1; k < count; k++)
        {
            for (int power = 0; power <= k; power++)
                powers[power] += chebyshev[k] * last[power];
            var next = new double[count];
            for (int power = 0; power < count; power++)
                next[power] = (power > 0 ? 2 * last[power - 1] : 0) - before[power];
            (before, last) = (last, next);
        }

        return powers;
    }
}
