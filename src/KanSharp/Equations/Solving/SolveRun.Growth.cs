using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Solving;

/// <content>What a run does where the residual stays large: finer grids, more products, another start.</content>
internal sealed partial class SolveRun
{
    private const double FailedResidual = 0.05;
    private const int Retries = 2;
    private const double TolerableResidual = 1e-3;
    private const int MostIntervals = 240;
    private const int MostRank = 32;
    private const double SmallResidual = 1e-6;
    private const double WorthGrowing = 0.5;
    private const int MostParameters = 3000;

    /// <summary>Starts anew from other initial values where the work ended far from a solution, and keeps the best.</summary>
    private void Retry(int window, Domain domain, Collocation collocation, Tensor<double> fresh)
    {
        for (int attempt = 1; attempt <= Retries && _unseen > FailedResidual * _scale; attempt++)
        {
            (SolverModel kept, double residual, bool converged, double[] coefficients) = (_models[^1], _unseen, _converged, Coefficients);
            try
            {
                _unseen = double.PositiveInfinity;
                Use(Fresh(domain, attempt), [.. _problem.Coefficients.Select(coefficient => coefficient.Start)]);
                Stages(window, 0, _models[^1], collocation, fresh);
            }
            finally
            {
                if (!(_unseen < residual))
                {
                    Use(kept, coefficients);
                    (_unseen, _converged) = (residual, converged);
                }
            }
        }
    }

    /// <summary>Halves the intervals in a window as long as that lowers the residual and it is not small; later windows begin with the finer grid.</summary>
    private SolverModel Refine(int window, int stage, SolverModel model, Collocation collocation, Tensor<double> fresh)
    {
        while (_unseen > TolerableResidual * _scale && 2 * model.Intervals <= MostIntervals)
        {
            (double residual, bool converged) = (_unseen, _converged);
            Use(model.Refine(2 * model.Intervals));
            SolverModel finer = Stage(window, stage, _models[^1], collocation, fresh);
            if (_unseen > WorthGrowing * residual)
            {
                Use(model);
                (_unseen, _converged) = (residual, converged);
                break;
            }

            model = finer;
        }

        return model;
    }

    /// <summary>Doubles the number of products as long as that lowers the residual and it is not small.</summary>
    private SolverModel Grow(int window, int stage, SolverModel model, Collocation collocation, Tensor<double> fresh)
    {
        while (_unseen > SmallResidual * _scale && model is SeparableModel separable && 2 * separable.Rank <= MostRank && 2 * model.Parameters <= MostParameters)
        {
            (double residual, bool converged, double[] coefficients) = (_unseen, _converged, Coefficients);
            Use(separable.Grow(2 * separable.Rank, _options.Seed));
            SolverModel wider = Stage(window, stage, _models[^1], collocation, fresh);
            if (_unseen > WorthGrowing * residual)
            {
                Use(model, coefficients);
                (_unseen, _converged) = (residual, converged);
                break;
            }

            model = wider;
        }

        return model;
    }
}
