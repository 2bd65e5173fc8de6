namespace KanSharp.Plotting;

/// <summary>From values of an axis to pixels.</summary>
internal readonly record struct AxisMap(double Minimum, double Maximum, AxisScale Scale, double Start, double End)
{
    public double this[double value]
    {
        get
        {
            double share = Scale == AxisScale.Log
                ? Math.Log10(value / Minimum) / Math.Log10(Maximum / Minimum)
                : (value - Minimum) / (Maximum - Minimum);
            return Start + (share * (End - Start));
        }
    }

    /// <summary>Whether an axis of this scale can show the value at all.</summary>
    public static bool CanShow(double value, AxisScale scale) =>
        Math.Abs(value) <= 1e290 && (scale == AxisScale.Linear || value > 1e-290);

    public bool Contains(double value) => CanShow(value, Scale) && value >= Minimum && value <= Maximum;
}
