using KanSharp.Autodiff;

namespace KanSharp.Tests.Equations.Truth;

/// <summary>−(u_xx + u_yy) = 1 on the square [−1, 1]² without [0, 1] × [−1, 0], u = 0 on the boundary: u = w − (x² + y²)/4 with a harmonic w.</summary>
internal sealed class LShapeTruth(int poles = 40, int degree = 24)
{
    private static readonly (double X, double Y)[] s_corners = [(-1, -1), (0, -1), (0, 0), (1, 0), (1, 1), (-1, 1)];

    private readonly LightningLaplace _harmonic = new(s_corners, (x, y) => (x * x + y * y) / 4, poles, degree);

    /// <summary>What <see cref="LightningLaplace.BoundaryError"/> says.</summary>
    public double BoundaryError => _harmonic.BoundaryError;

    /// <summary>u(x, y).</summary>
    public double Value(double x, double y) => _harmonic.Value(x, y) - (x * x + y * y) / 4;

    /// <summary>Points [N, 2] to values [N, 1].</summary>
    public Tensor<double> Evaluate(Tensor<double> points)
    {
        var values = new Tensor<double>(new Shape(points.Shape.Rows, 1));
        for (int row = 0; row < points.Shape.Rows; row++)
            values[row, 0] = Value(points[row, 0], points[row, 1]);
        return values;
    }
}
