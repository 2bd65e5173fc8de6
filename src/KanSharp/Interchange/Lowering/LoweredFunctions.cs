using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Interchange.Lowering;

/// <summary>Values of the edges of one input of a lowered layer, in double precision.</summary>
/// <param name="step">The layer.</param>
/// <param name="input">The input.</param>
internal sealed class LoweredFunctions(EdgeStep step, int input)
{
    private readonly double[] _values = new double[step.Basis?.Count ?? 0];
    private readonly BSpline<double>? _spline = step.Basis switch
    {
        SplineBasis spline => Spline(spline, input),
        SplineGaussianFunctions both => Spline(both.Splines, 0),
        _ => null,
    };

    private readonly MotherWavelet<double>? _mother =
        step.Basis is WaveletFunctions wavelets ? MotherWavelet<double>.Of(new WaveletOptions { Kind = wavelets.Mother.Kind, PublishedForm = wavelets.Mother.PublishedForm }) : null;

    /// <summary>Adds the values of all edges of the input.</summary>
    /// <param name="raw">The input as it comes.</param>
    /// <param name="mapped">What the functions see.</param>
    /// <param name="sums">One for each output.</param>
    public void Add(double raw, double mapped, Span<double> sums)
    {
        int outputs = step.Outputs;
        if (step.Basis is WaveletFunctions wavelets)
        {
            for (int output = 0; output < outputs; output++)
            {
                int edge = (input * outputs) + output;
                double u = (mapped - wavelets.Translation[edge]) * wavelets.InverseScale[edge], value = 0;
                _mother!.Evaluate<SimdScalar<double>>(ref u, ref value, 1);
                sums[output] += step.Coefficients[edge] * value;
            }
        }
        else if (step.Basis is not null)
        {
            Evaluate(mapped);
            for (int n = 0; n < _values.Length; n++)
            {
                for (int output = 0; output < outputs; output++)
                    sums[output] += step.Coefficients[(((input * _values.Length) + n) * outputs) + output] * _values[n];
            }
        }

        if (step.BaseActivation is not null)
        {
            double branch = step.BaseActivation.Evaluate(step.BaseOnRawInput ? raw : mapped);
            for (int output = 0; output < outputs; output++)
                sums[output] += step.BaseWeight[(input * outputs) + output] * branch;
        }

        foreach (LoweredEdge edge in step.Symbolic)
        {
            if (edge.Input == input)
                sums[edge.Output] += edge.Function.Variables.Count == 0 ? edge.Function.Evaluate() : edge.Function.Evaluate(raw);
        }
    }

    private void Evaluate(double x)
    {
        switch (step.Basis)
        {
            case SplineBasis:
                _spline!.Evaluate(x, _values);
                break;
            case GaussianFunctions gaussian:
                Each(n => Math.Exp(-Math.Pow((x - gaussian.Centers[n]) * gaussian.InverseWidth, 2)));
                break;
            case Sech2Functions sech:
                Each(n => Math.Pow(Math.Cosh((x - sech.Centers[n]) * sech.InverseWidth), -2));
                break;
            case BumpFunctions bumps:
                int row = input * bumps.Count;
                Each(n => x <= bumps.Low[row + n] || x >= bumps.High[row + n] ? 0 : Math.Pow(bumps.Height[row + n] * (bumps.High[row + n] - x) * (x - bumps.Low[row + n]), bumps.Power));
                break;
            case SplineGaussianFunctions both:
                _spline!.Evaluate(x, _values);
                double[] splines = [.. _values];
                Each(n => splines[n] + Math.Exp(-Math.Pow((x - both.Gaussians.Centers[n]) * both.Gaussians.InverseWidth, 2)));
                break;
            case RecurrenceFunctions recurrence:
                Each(n => n == 0 ? 1 : (((recurrence.A[n - 1] * x) + recurrence.B[n - 1]) * _values[n - 1]) - (n == 1 ? 0 : recurrence.C[n - 1] * _values[n - 2]));
                break;
            case WaveFunctions waves:
                Each(n => Math.Sin((waves.Frequency[n] * x) + waves.Phase[(input * waves.Count) + n]));
                break;
            case RationalFunction rational:
                ReadOnlySpan<double> below = rational.Denominator.AsSpan(rational.Group[input] * 4, 4);
                double top = 0, bottom = 0, a = Math.Abs(x);
                for (int n = rational.Numerator.Length - 1; n >= 0; n--)
                    top = (top * x) + rational.Numerator[n];
                for (int n = below.Length - 1; n >= 0; n--)
                    bottom = (bottom + below[n]) * a;
                _values[0] = top / (1 + bottom);
                break;
        }
    }

    private void Each(Func<int, double> value)
    {
        for (int n = 0; n < _values.Length; n++)
            _values[n] = value(n);
    }

    private static BSpline<double> Spline(SplineBasis spline, int row)
    {
        int width = spline.Intervals + (2 * spline.Degree) + 1;
        return new BSpline<double>(spline.Knots.AsSpan(row * width, width), spline.Degree, spline.LinearOutside ? OutsideGrid.Linear : OutsideGrid.Zero);
    }
}
