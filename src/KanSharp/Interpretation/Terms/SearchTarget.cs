namespace KanSharp.Interpretation.Terms;

/// <summary>
/// The problem after one outer transform: Z = g(y / M) on the search rows with weights W = |M| / |g'| that turn errors of Z into errors of y.
/// Rows where g is not defined have weight 0.
/// </summary>
internal sealed class SearchTarget
{
    private SearchTarget(OuterTransform transform, Term? multiplier, double sign, double[] z, double[] w)
    {
        Transform = transform;
        Multiplier = multiplier;
        Sign = sign;
        Z = z;
        W = w;
    }

    public OuterTransform Transform { get; }

    public Term? Multiplier { get; }

    public double Sign { get; }

    public double[] Z { get; }

    public double[] W { get; }

    /// <summary>The transformed problem, or null where the transform does not suit the target.</summary>
    public static SearchTarget? Create(OuterTransform transform, Term? multiplier, Rows rows)
    {
        int n = rows.Count;
        var scale = new double[n];
        if (multiplier is null)
            scale.AsSpan().Fill(1);
        else
            multiplier.Evaluate(rows.Columns, scale);
        var y = new double[n];
        int negative = 0;
        for (int i = 0; i < n; i++)
        {
            y[i] = rows.Target[i] / scale[i];
            negative += y[i] < 0 ? 1 : 0;
        }

        double sign = transform.NeedsSign && 2 * negative > n ? -1 : 1;
        double[] z = new double[n], w = new double[n];
        int used = 0;
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            double value = sign * y[i];
            if (!transform.Reaches(value))
                continue;
            double u = transform.Inverse(value), weight = Math.Abs(transform.Slope(u) * scale[i]);
            if (!double.IsFinite(u) || !double.IsFinite(weight) || weight == 0 || Math.Abs(u) > 1e30)
                continue;
            z[i] = u;
            w[i] = weight;
            used++;
            lowest = Math.Min(lowest, u);
            highest = Math.Max(highest, u);
        }

        return used >= transform.LeastShare * n && highest - lowest > 1e-9 * Math.Max(Math.Abs(highest), Math.Abs(lowest))
            ? new SearchTarget(transform, multiplier, sign, z, w)
            : null;
    }
}
