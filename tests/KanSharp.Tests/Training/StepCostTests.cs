using KanSharp.Training.LeastSquares;

namespace KanSharp.Tests.Training;

/// <summary>The choice between Cholesky and conjugate gradients.</summary>
public class StepCostTests
{
    [Fact]
    public void More_unknowns_never_turn_the_choice_back_to_Cholesky()
    {
        foreach (double rows in new[] { 100.0, 1e4, 1e6 })
        {
            bool before = true;
            for (double unknowns = 10; unknowns < 1e6; unknowns *= 1.3)
            {
                bool now = StepCost.PrefersCholesky(unknowns, Math.Min(unknowns, 200), rows);
                Assert.True(before || !now, $"{unknowns} unknowns, {rows} rows");
                before = now;
            }

            Assert.True(StepCost.PrefersCholesky(50, 20, rows));
            Assert.False(before);
        }

        Assert.False(StepCost.PrefersCholesky(30_000, 100, 1e9));
    }
}
