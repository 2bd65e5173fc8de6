using System.Text.Json;
using KanSharp.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AspNetPredictor;

/// <summary>The web service.</summary>
internal static class Server
{
    private const int MostRows = 10_000;

    public static WebApplication Create(string model, string url)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = ExplainJson);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

        // the file is read here: a damaged one ends the program now
        builder.Services.AddKanPredictor(model);

        WebApplication app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error => error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        app.MapGet("/model", Describe);
        app.MapPost("/predict", Predict);
        return app;
    }

    private static ModelResponse Describe(IKanPredictor predictor) => new(
        predictor.Task.ToString(),
        [.. predictor.Columns.Select(column => new ColumnResponse(column.Column, predictor.Units.GetValueOrDefault(column.Column), column.Categories))],
        predictor.Targets,
        predictor.Classes);

    private static Results<Ok<PredictResponse>, ProblemHttpResult> Predict(PredictRequest request, IKanPredictor predictor)
    {
        if (request.Rows is not { Count: >= 1 and <= MostRows } rows)
            return Problem(StatusCodes.Status400BadRequest, "The number of rows is not allowed.", "rows", $"{request.Rows?.Count ?? 0} rows", $"1 to {MostRows} rows");
        try
        {
            IReadOnlyList<KanPrediction> predictions = predictor.Predict(rows);
            for (int row = 0; row < predictions.Count; row++)
            {
                // numbers far beyond those of the training overflow, and JSON has no infinity
                if (!predictions[row].Values.Span.ToArray().All(double.IsFinite))
                    return Problem(StatusCodes.Status422UnprocessableEntity, "A prediction is no number.", $"rows[{row}]", "its cells give a result that is not finite", "numbers like those of the training");
            }

            return TypedResults.Ok(new PredictResponse([.. predictions.Select(Answer)]));
        }
        catch (PredictorInputException error)
        {
            return error.Column.Length == 0
                ? Problem(StatusCodes.Status400BadRequest, "A row is not allowed.", $"rows[{error.Row}]", error.Problem, error.Expected)
                : Problem(StatusCodes.Status400BadRequest, "A cell is not allowed.", $"rows[{error.Row}].{error.Column}", error.Problem, error.Expected);
        }
    }

    private static RowResponse Answer(KanPrediction prediction)
    {
        var values = new Dictionary<string, double>(prediction.Names.Count);
        for (int i = 0; i < prediction.Names.Count; i++)
            values[prediction.Names[i]] = prediction.Values.Span[i];
        return new RowResponse(values, prediction.Class);
    }

    /// <summary>A body that can not be read says where and why, too.</summary>
    private static void ExplainJson(ProblemDetailsContext context)
    {
        if (context.Exception is BadHttpRequestException { InnerException: JsonException json })
            Fill(context.ProblemDetails, "The body is not as expected.", json.Path ?? "body", json.Message, """{"rows": [{"COLUMN": number, text or null}]}""");
    }

    private static ProblemHttpResult Problem(int status, string title, string where, string what, string expected)
    {
        var problem = new ProblemDetails { Status = status };
        Fill(problem, title, where, what, expected);
        return TypedResults.Problem(problem);
    }

    private static void Fill(ProblemDetails problem, string title, string where, string what, string expected)
    {
        problem.Title = title;
        problem.Detail = $"{where}: {what}; expected {expected}";
        problem.Extensions["where"] = where;
        problem.Extensions["what"] = what;
        problem.Extensions["expected"] = expected;
    }
}
