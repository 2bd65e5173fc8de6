using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>One update against the textbook form of Broyden's family: that of the Hessian B, inverted by elimination.</summary>
public class SelfScaledUpdateTests
{
    private const int Size = 5;

    [Theory]
    [InlineData("ssbfgs", 1)]
    [InlineData("ssbfgs", 4)]
    [InlineData("ssbroyden", 1)]
    [InlineData("ssbroyden", 2)]
    [InlineData("ssbroyden", 6)]
    public void The_inverse_Hessian_follows_the_family(string name, int steps)
    {
        var bag = new ParameterBag<double>([-1.2, 1, 0.3, -0.4, 2]);
        var options = (SelfScaledQuasiNewton)OptimizerOptions.Parse(name) with { MaxIterations = 1, MaxEvaluations = 100 };
        SelfScaledOptimizer<double> optimizer = options.Bind(bag);
        double[,] inverse = new double[0, 0];
        double[] x = [], g = [];
        for (int step = 0; step < steps; step++)
        {
            inverse = Inverse(optimizer);
            x = bag[0].Value.Span.ToArray();
            g = Gradient(bag);
            optimizer.Step(() => Objectives.Rosenbrock(bag));
        }

        double[] s = Minus(bag[0].Value.Span.ToArray(), x);
        double[] y = Minus(Gradient(bag), g);
        if (steps == 1)
        {
            inverse = new double[Size, Size];
            for (int i = 0; i < Size; i++)
                inverse[i, i] = Dot(s, y) / Dot(y, y);
        }

        double[,] expected = Invert(Updated(Invert(inverse), inverse, s, y, name == "ssbfgs"));
        double[,] actual = Inverse(optimizer);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
                Assert.Equal(expected[i, j], actual[i, j], 1e-8 * Math.Max(1e-3, Math.Abs(expected[i, i]) + Math.Abs(expected[j, j])));
        }

        // the secant condition H·y = s
        for (int i = 0; i < Size; i++)
            Assert.Equal(s[i], Enumerable.Range(0, Size).Sum(j => actual[i, j] * y[j]), 1e-10);
    }

    /// <summary>τ(B − Bs sᵀB/sBs + θ·sBs·v vᵀ) + y yᵀ/sy with v = y/sy − Bs/sBs.</summary>
    private static double[,] Updated(double[,] b, double[,] h, double[] s, double[] y, bool bfgs)
    {
        double[] bs = Times(b, s);
        double sbs = Dot(s, bs), sy = Dot(s, y);
        double found = sbs / sy, spread = Dot(y, Times(h, y)) / sy;
        double a = found * spread - 1;
        double theta = 0;
        if (!bfgs)
        {
            double least = Math.Min(1, spread * (1 - Math.Sqrt(a / (1 + a))));
            theta = Math.Max((least - 1) / a, Math.Min(1 / least, (1 - found) / found));
        }

        double sigma = 1 + theta * a;
        double root = Math.Pow(sigma, -1.0 / (Size - 1));
        double rate = Math.Min(1, 1 / found);
        double tau = theta <= 0 ? Math.Min(rate * root, sigma) : rate * Math.Min(root, 1 / theta);
        var result = new double[Size, Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                double vi = y[i] / sy - bs[i] / sbs, vj = y[j] / sy - bs[j] / sbs;
                result[i, j] = tau * (b[i, j] - bs[i] * bs[j] / sbs + theta * sbs * vi * vj) + y[i] * y[j] / sy;
            }
        }

        return result;
    }

    private static double[] Gradient(ParameterBag<double> bag)
    {
        bag[0].ClearGradient();
        Objectives.Rosenbrock(bag);
        double[] gradient = bag[0].Gradient.ToArray();
        bag[0].ClearGradient();
        return gradient;
    }

    private static double[,] Inverse(SelfScaledOptimizer<double> optimizer)
    {
        var arrays = new Dictionary<string, double[]>();
        optimizer.Save(new StateWriter<double>("", arrays, new Dictionary<string, long>()));
        var full = new double[Size, Size];
        if (!arrays.TryGetValue("inverse_hessian", out double[]? packed))
            return full;
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
                full[i, j] = full[j, i] = packed[i * (i + 1) / 2 + j];
        }

        return full;
    }

    private static double[,] Invert(double[,] matrix)
    {
        var left = (double[,])matrix.Clone();
        var right = new double[Size, Size];
        for (int i = 0; i < Size; i++)
            right[i, i] = 1;
        for (int column = 0; column < Size; column++)
        {
            double pivot = left[column, column];
            for (int j = 0; j < Size; j++)
            {
                left[column, j] /= pivot;
                right[column, j] /= pivot;
            }

            for (int row = 0; row < Size; row++)
            {
                double factor = row == column ? 0 : left[row, column];
                for (int j = 0; j < Size; j++)
                {
                    left[row, j] -= factor * left[column, j];
                    right[row, j] -= factor * right[column, j];
                }
            }
        }

        return right;
    }

    private static double[] Times(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Sum(j => matrix[i, j] * vector[j]))];

    private static double[] Minus(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a - b)];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
