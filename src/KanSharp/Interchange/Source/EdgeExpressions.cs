using KanSharp.Bases;
using KanSharp.Interchange.Lowering;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interchange.Source;

/// <summary>Numeric edges and single steps as expressions.</summary>
internal static class EdgeExpressions
{
    /// <summary>Σ_n C_n·φ_n(x) of an edge, but for B-splines, which are no expressions; null where the functions have none.</summary>
    public static Expression? Of(EdgePlan plan, int input, int output, Expression x)
    {
        double[] c = plan.Coefficients(input, output);
        switch (plan.Step.Basis)
        {
            case SplineBasis:
                return Expression.Zero;
            case GaussianFunctions gaussian:
                return Bells(gaussian, c, x);
            case SplineGaussianFunctions both:
                return Bells(both.Gaussians, c, x);
            case Sech2Functions sech:
                return Sum(c, n => Expression.Power(Expression.Call("cosh", (x - sech.Centers[n]) * sech.InverseWidth), -2));
            case BumpFunctions bumps:
                int row = input * bumps.Count;
                return Sum(c, n => Expression.Power(bumps.Height[row + n] * Expression.Call("relu", bumps.High[row + n] - x) * Expression.Call("relu", x - bumps.Low[row + n]), bumps.Power));
            case RecurrenceFunctions recurrence:
                return Polynomial(Powers(recurrence, c), x);
            case WaveFunctions waves:
                return Sum(c, n => Expression.Call("sin", (waves.Frequency[n] * x) + waves.Phase[(input * waves.Count) + n]));
            case RationalFunction rational:
                double[] below = [1, .. rational.Denominator.Skip(rational.Group[input] * 4).Take(4)];
                return c[0] * Polynomial(rational.Numerator, x) / Polynomial(below, Expression.Call("abs", x));
            case WaveletFunctions wavelets:
                int edge = (input * plan.Step.Outputs) + output;
                return Wavelet(wavelets.Mother, (x - wavelets.Translation[edge]) * wavelets.InverseScale[edge]) is { } shape ? wavelets.Mother.Amplitude * c[0] * shape : null;
            default:
                return null;
        }
    }

    /// <summary>An activation of an expression.</summary>
    public static Expression Apply(Activation activation, Expression x) => activation.Name switch
    {
        nameof(Activation.Identity) => x,
        nameof(Activation.Zero) => Expression.Zero,
        nameof(Activation.Square) => Expression.Power(x, 2),
        nameof(Activation.SiLU) => x * Expression.Call("sigmoid", x),
        nameof(Activation.GELU) => x * (1 + Expression.Call("erf", x / Expression.Sqrt(2))) / 2,
        nameof(Activation.Tanh) => Expression.Call("tanh", x),
        nameof(Activation.Sigmoid) => Expression.Call("sigmoid", x),
        nameof(Activation.ReLU) => Expression.Call("relu", x),
        nameof(Activation.Softplus) => Expression.Call("softplus", x),
        nameof(Activation.Sin) => Expression.Call("sin", x),
        nameof(Activation.Exp) => Expression.Call("exp", x),
        _ => throw new NotSupportedException($"The activation {activation} can not be written as a formula."),
    };

    /// <summary>A map of single columns or of a row; null for steps of another kind.</summary>
    public static Expression[]? Map(LoweredStep step, Expression[] x)
    {
        switch (step)
        {
            case SelectStep select:
                return [.. select.Columns.Select(column => x[column])];
            case AffineStep affine:
                return [.. x.Select((value, n) => ((value - affine.Center[n]) * affine.Factor[n]) + affine.Shift[n])];
            case ActivationStep activation:
                return [.. x.Select(value => Apply(activation.Function, value))];
            case RowNormStep norm:
                Expression mean = Expression.Sum(x) / x.Length;
                Expression deviation = Expression.Sqrt((Expression.Sum(x.Select(value => Expression.Power(value - mean, 2))) / x.Length) + norm.Epsilon);
                return [.. x.Select((value, n) => ((value - mean) / deviation * norm.Weight[n]) + norm.Bias[n])];
            case NodeStep nodes:
                return Nodes(nodes, x);
            case DenseStep dense:
                return [.. Enumerable.Range(0, dense.Outputs).Select(o => Expression.Sum([dense.Bias[o], .. x.Select((value, i) => dense.Weight[(o * dense.Inputs) + i] * value)]))];
            case ProbabilityStep { IsBinary: true }:
                return [Expression.Call("sigmoid", -x[0]), Expression.Call("sigmoid", x[0])];
            case ProbabilityStep:
                Expression[] powers = [.. x.Select(value => Expression.Call("exp", value))];
                return [.. powers.Select(power => power / Expression.Sum(powers))];
            case FormulaStep formulas:
                Dictionary<string, Expression> columns = formulas.Variables.Zip(x).ToDictionary(pair => pair.First, pair => pair.Second);
                return [.. formulas.Results.Select(result => result.Substitute(columns))];
            default:
                return null;
        }
    }

    private static Expression Bells(GaussianFunctions gaussian, double[] c, Expression x) =>
        Sum(c, n => Expression.Call("exp", -Expression.Power((x - gaussian.Centers[n]) * gaussian.InverseWidth, 2)));

    private static Expression Sum(double[] c, Func<int, Expression> function) => Expression.Sum(c.Select((factor, n) => factor == 0 ? Expression.Zero : factor * function(n)));

    private static Expression Polynomial(double[] powers, Expression x) => Expression.Sum(powers.Select((factor, n) => n == 0 ? factor : factor * Expression.Power(x, n)));

    /// <summary>Σ c_n·P_n in powers.</summary>
    private static double[] Powers(RecurrenceFunctions recurrence, double[] c)
    {
        double[] before = new double[c.Length], now = new double[c.Length], sum = new double[c.Length];
        now[0] = 1;
        for (int n = 0; n < c.Length; n++)
        {
            for (int power = 0; power < c.Length; power++)
                sum[power] += c[n] * now[power];
            if (n == c.Length - 1)
                break;
            double[] next = [.. now.Select((value, power) => (recurrence.B[n] * value) + (power == 0 ? 0 : recurrence.A[n] * now[power - 1]) - (n == 0 ? 0 : recurrence.C[n] * before[power]))];
            (before, now) = (now, next);
        }

        return sum;
    }

    private static Expression? Wavelet(LoweredWavelet mother, Expression u)
    {
        Expression bell = Expression.Call("exp", Expression.Power(u, 2) / -2);
        return (mother.Kind, mother.PublishedForm) switch
        {
            (WaveletKind.MexicanHat, _) => (1 - Expression.Power(u, 2)) * bell,
            (WaveletKind.DerivativeOfGaussian, _) => -u * bell,
            (WaveletKind.Morlet, false) => (Expression.Call("cos", CosineGaussianShape.Omega * u) - Math.Exp(-12.5)) * bell,
            (WaveletKind.Morlet, true) => Expression.Call("cos", CosineGaussianShape.Omega * u) * bell,
            (WaveletKind.Shannon, false) => (2 * Expression.Call("sinc", 2 * Expression.Pi * u)) - Expression.Call("sinc", Expression.Pi * u),
            (WaveletKind.Shannon, true) => Expression.Call("sinc", u),
            _ => null,
        };
    }

    private static Expression[] Nodes(NodeStep step, Expression[] x)
    {
        Expression[] subnodes = [.. x.Select((value, n) => (step.SubnodeScale[n] * value) + step.SubnodeBias[n])];
        var nodes = new Expression[step.Outputs];
        int start = 0;
        for (int node = 0; node < nodes.Length; node++)
        {
            int factors = node < step.Sums ? 1 : step.Arities[node - step.Sums];
            nodes[node] = (step.NodeScale[node] * Expression.Product(subnodes[start..(start + factors)])) + step.NodeBias[node];
            start += factors;
        }

        return nodes;
    }
}
