using System.Diagnostics.CodeAnalysis;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>The coarse search for starts: only over what c and d can not take up.</summary>
internal sealed class ShapeScan
{
    // Values of a·x + b at the two ends of the range: functions with a bend, a flank or a bounded domain show them somewhere among these.
    private static readonly double[] Images = [0, 0.3, 0.6, 0.9, 0.999, 1.5, 2.2, 3.2, 4.5, 6.5, 9, 13, 19, 28];
    private static readonly double[] Rates = [0.05, 0.15, 0.4, 0.8, 1.5, 2.5, 4, 7, 12, 20];
    private static readonly double[] Beyond = [1e-9, 1e-3, 0.01, 0.03, 0.1, 0.3, 0.7, 1.5, 4, 10, 30];
    private static readonly double[] Exponents = [-4, -3, -2, -1.5, -1, -0.5, 0.25, 0.5, 1.5, 2.5, 3, 4];
    private const int InnerPlaces = 25, Points = 100, OscillatingPoints = 200;

    // Steps of the phase over the range: less than half the width of a correlation peak.
    private const double PhaseStep = 1.5;

    private readonly CatalogFunction _function;
    private readonly FunctionTraits _traits;
    private readonly CurveSample _curve;
    private readonly double _maxPhase;
    private readonly List<EdgeShape> _found = [];
    private CurveSample _sample;
    private double[] _t;
    private double[] _u;

    /// <param name="function">The function.</param>
    /// <param name="traits">Its traits.</param>
    /// <param name="sample">The curve; of many points some are looked at.</param>
    /// <param name="maxPhase">Most |a|·range for oscillating functions.</param>
    public ShapeScan(CatalogFunction function, FunctionTraits traits, CurveSample sample, double maxPhase)
    {
        (_function, _traits, _curve) = (function, traits, sample);
        Use(Points);
        _maxPhase = Math.Min(maxPhase, Math.PI / 2 * sample.Count);
    }

    /// <summary>x mapped to −1 … 1.</summary>
    public static double[] Centred(CurveSample sample)
    {
        double middle = (sample.Low + sample.High) / 2, half = sample.Range / 2;
        return [.. sample.X.Select(x => (x - middle) / half)];
    }

    /// <summary>The best starts that are not next to each other; none if no a, b keep all points in the domain.</summary>
    public List<EdgeShape> Starts(int most)
    {
        if (_traits.Linear)
            Try(1, 0);
        else if (_traits.Sinusoid)
            ScanFrequencies();
        else if (_traits.ScaleFree)
            ScanShifts();
        else if (_traits.ShiftFree)
            ScanRates();
        else
            ScanImages();
        var starts = new List<EdgeShape>();
        foreach (EdgeShape shape in _found.OrderBy(shape => shape.Misfit))
        {
            if (starts.Count < most && !starts.Any(other => Near(shape, other)))
                starts.Add(shape);
        }

        return starts;
    }

    private static bool Near(EdgeShape shape, EdgeShape other) => shape.Exponent.Equals(other.Exponent)
        && Math.Abs(shape.Slope - other.Slope) <= 0.1 * Math.Abs(other.Slope)
        && Math.Abs(shape.Shift - other.Shift) <= 0.1 * (Math.Abs(other.Slope) + Math.Abs(other.Shift));

    private void ScanShifts()
    {
        foreach (double exponent in _function.HasExponent ? Exponents : [double.NaN])
        {
            foreach (double sign in _traits.Mirrored ? (ReadOnlySpan<double>)[1] : [1, -1])
            {
                for (int place = 0; place < InnerPlaces; place++)
                    Try(sign, -sign * (-1 + 2.0 * place / (InnerPlaces - 1)), exponent);
                foreach (double beyond in Beyond)
                {
                    Try(sign, sign * (1 + 2 * beyond), exponent);
                    Try(sign, -sign * (1 + 2 * beyond), exponent);
                }

                // Pole or branch point at x = 0.
                Try(sign, sign * (_sample.Low + _sample.High) / _sample.Range, exponent);
            }
        }
    }

    private void ScanRates()
    {
        foreach (double rate in Rates)
        {
            Try(rate, 0);
            Try(-rate, 0);
        }
    }

    private void ScanImages()
    {
        foreach (double exponent in _function.HasExponent ? Exponents : [double.NaN])
        {
            for (int i = -Images.Length + 1; i < Images.Length; i++)
            {
                for (int j = -Images.Length + 1; j < Images.Length; j++)
                {
                    if (i == j || (_traits.Mirrored && i > j))
                        continue;
                    double low = Image(i), high = Image(j);
                    Try((high - low) / 2, (high + low) / 2, exponent);
                }
            }

            if (!_traits.Oscillating)
                continue;
            Use(OscillatingPoints);
            double zero = (_sample.Low + _sample.High) / _sample.Range;
            for (double slope = 1.25; slope <= _maxPhase / 2; slope += PhaseStep / 2)
            {
                Try(slope, 0, exponent);

                // Where x = 0 is in the middle the two are the same.
                if (Math.Abs(zero) * slope > 0.5)
                    Try(slope, slope * zero, exponent);
            }
        }
    }

    private static double Image(int index) => index < 0 ? -Images[-index] : Images[index];

    /// <summary>
    /// f(ω·t + b) of any phase is α·f(ω·t) + β·f(ω·t + quarter period), so that only ω is searched.
    /// </summary>
    private void ScanFrequencies()
    {
        Use(OscillatingPoints);
        double k = _traits.Frequency, quarter = Math.PI / 2 / k;
        double[] v = new double[_t.Length];
        for (double phase = 0.1; phase <= _maxPhase / 2; phase += phase < 1.4 ? 0.3 : PhaseStep / 2)
        {
            double slope = phase / k;
            Evaluate(slope, 0, double.NaN, _u);
            Evaluate(slope, quarter, double.NaN, v);
            (double alpha, double beta, double misfit) = ProjectTwo(_u, v);
            _found.Add(new EdgeShape(slope, Math.Atan2(beta, alpha) / k, double.NaN, misfit));
        }
    }

    private (double Alpha, double Beta, double Misfit) ProjectTwo(double[] u, double[] v)
    {
        double[] w = _sample.Weights, y = _sample.Y;
        double mu = 0, mv = 0;
        for (int i = 0; i < u.Length; i++)
            (mu, mv) = (mu + w[i] * u[i], mv + w[i] * v[i]);
        double uu = 0, vv = 0, uv = 0, uy = 0, vy = 0;
        for (int i = 0; i < u.Length; i++)
        {
            double du = u[i] - mu, dv = v[i] - mv;
            uu += w[i] * du * du;
            vv += w[i] * dv * dv;
            uv += w[i] * du * dv;
            uy += w[i] * du * y[i];
            vy += w[i] * dv * y[i];
        }

        double determinant = Math.Max(uu * vv - uv * uv, 1e-12 * uu * vv);
        double alpha = (uy * vv - vy * uv) / determinant, beta = (vy * uu - uy * uv) / determinant;
        return (alpha, beta, Math.Max(1 - (alpha * uy + beta * vy) / _sample.Variance, 0));
    }

    private void Try(double slope, double shift, double exponent = double.NaN)
    {
        // The ends leave the domain first.
        if (!_function.Domain.Contains(slope * _t[0] + shift, valueOnly: true) || !_function.Domain.Contains(slope * _t[^1] + shift, valueOnly: true))
            return;
        Evaluate(slope, shift, exponent, _u);
        double misfit = _sample.Project(_u, out _, out _);
        if (misfit < 1)
            _found.Add(new EdgeShape(slope, shift, exponent, misfit));
    }

    [MemberNotNull(nameof(_sample), nameof(_t), nameof(_u))]
    private void Use(int points)
    {
        _sample = _curve.Thin(points);
        _t = Centred(_sample);
        _u = new double[_t.Length];
    }

    private void Evaluate(double slope, double shift, double exponent, double[] u)
    {
        for (int i = 0; i < u.Length; i++)
            u[i] = slope * _t[i] + shift;
        _function.Evaluate<double>(u, 0, u, double.IsNaN(exponent) ? 1 : exponent);
    }
}
