using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>c·f(a·x + b) + d with its weighted mean squared error, the one of all equal ones that a reader expects.</summary>
internal sealed record EdgeForm(double A, double B, double C, double D, double Exponent, double Error)
{
    // Beyond it exp(a·x) without a shift comes near the end of the range of numbers.
    private const double LargestRate = 300;

    /// <summary>From −1 … 1 to x, signs and phases in their place; null if the function has no finite values there.</summary>
    public static EdgeForm? Canonical(CatalogFunction function, FunctionTraits traits, CurveSample sample, EdgeShape shape)
    {
        double half = sample.Range / 2, middle = (sample.Low + sample.High) / 2;
        double a = shape.Slope / half, b = shape.Shift - a * middle;
        if (traits.Linear)
            (a, b) = (1, 0);
        else if (traits.ScaleFree)
            (a, b) = (Math.Sign(shape.Slope), b * half / Math.Abs(shape.Slope));
        else if (traits.ShiftFree && Math.Max(Math.Abs(a * sample.Low), Math.Abs(a * sample.High)) < LargestRate)
            b = 0;
        if (traits.Mirrored && a < 0)
            (a, b) = (-a, -b);
        if (traits.Sinusoid)
        {
            // Half a period changes the sign of c only.
            double turn = Math.PI / traits.Frequency;
            b -= turn * Math.Floor(b / turn + 0.5);
        }

        double[] u = new double[sample.Count];
        for (int i = 0; i < u.Length; i++)
            u[i] = a * sample.X[i] + b;
        function.Evaluate<double>(u, 0, u, double.IsFinite(shape.Exponent) ? shape.Exponent : 1);
        return sample.Project(u, out double c, out double d) < 1
            ? new EdgeForm(a, b, c, d, shape.Exponent, sample.Error(u, c, d))
            : null;
    }
}
