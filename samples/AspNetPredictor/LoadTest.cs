using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KanSharp.Extensions.DependencyInjection;

namespace AspNetPredictor;

/// <summary>Asks the service from several clients at once and reports how many predictions it gave and how long they took.</summary>
internal static class LoadTest
{
    private const int Clients = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.7), Duration = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether all answers were right.</summary>
    public static async Task<bool> Run(string url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = new Uri(url) };
        ModelResponse model = (await client.GetFromJsonAsync("/model", Messages.Default.ModelResponse))!;
        Console.WriteLine($"served: {model.Task} of {string.Join(", ", model.Targets)} from {model.Columns.Count} columns");
        if (!await RefusesWrongCells(client, model))
            return false;
        bool good = true;
        foreach (int rows in (int[])[1, 100])
            good &= await Measure(client, Body(model, rows), rows);
        return good;
    }

    /// <summary>The predictor without the web: rows of numbers, one thread.</summary>
    public static void InProcess(IKanPredictor predictor)
    {
        foreach (int rows in (int[])[1, 100])
        {
            double[] features = new double[rows * predictor.FeatureNames.Count], outputs = new double[rows * predictor.OutputNames.Count];
            var random = new Random(1);
            for (int i = 0; i < features.Length; i++)
                features[i] = 100 * random.NextDouble();
            var times = new List<double>();
            long start = Stopwatch.GetTimestamp(), warm = start + (Stopwatch.Frequency / 4);
            for (long now = start; now < warm + (Stopwatch.Frequency / 2);)
            {
                predictor.Predict(features, outputs);
                long end = Stopwatch.GetTimestamp();
                if (now > warm)
                    times.Add(Stopwatch.GetElapsedTime(now, end).TotalMicroseconds);
                now = end;
            }

            times.Sort();
            Console.WriteLine($"{rows,4} rows in process, one thread: p50 {times[times.Count / 2]:F2} µs, {1e6 * rows / times[times.Count / 2]:N0} predictions/s");
        }
    }

    private static byte[] Body(ModelResponse model, int rows)
    {
        var random = new Random(rows);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("rows");
            for (int row = 0; row < rows; row++)
            {
                json.WriteStartObject();
                foreach (ColumnResponse column in model.Columns)
                {
                    if (column.Texts is { } texts)
                        json.WriteString(column.Name, texts[random.Next(texts.Count)]);
                    else
                        json.WriteNumber(column.Name, Math.Round(100 * random.NextDouble(), 3));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static async Task<bool> RefusesWrongCells(HttpClient client, ModelResponse model)
    {
        string column = model.Columns[0].Name;
        foreach (string cell in (string[])["\"no number\"", "null", "[]"])
        {
            if (!await Refuses(client, $$"""{"{{column}}": {{cell}}}""", HttpStatusCode.BadRequest, $"rows[0].{column}"))
                return false;
        }

        string far = string.Join(", ", model.Columns.Select(cell => $"\"{cell.Name}\": {(cell.Texts is { } texts ? $"\"{texts[0]}\"" : "1e308")}"));
        return await Refuses(client, "null", HttpStatusCode.BadRequest, "rows[0]") && await Refuses(client, $"{{{far}}}", HttpStatusCode.UnprocessableEntity, "rows[0]");
    }

    private static async Task<bool> Refuses(HttpClient client, string row, HttpStatusCode status, string where)
    {
        using var content = new StringContent($$"""{"rows": [{{row}}]}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync("/predict", content);
        string text = await response.Content.ReadAsStringAsync();
        Console.WriteLine($"{row}: {(int)response.StatusCode} {text}");
        return response.StatusCode == status && text.Contains($"{where}\"", StringComparison.Ordinal);
    }

    private static async Task<bool> Measure(HttpClient client, byte[] body, int rows)
    {
        string expected = await Ask(client, body) ?? "";
        await Fire(client, body, expected, WarmUp);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        (List<double> milliseconds, int wrong) = await Fire(client, body, expected, Duration);
        double seconds = watch.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
        milliseconds.Sort();
        Console.WriteLine(
            $"{rows,4} rows a request, {Clients} clients: {milliseconds.Count * rows / seconds,10:N0} predictions/s, {milliseconds.Count / seconds,8:N0} requests/s, " +
            $"p50 {milliseconds[milliseconds.Count / 2]:F2} ms, p99 {milliseconds[(int)(0.99 * (milliseconds.Count - 1))]:F2} ms, " +
            $"{processor / (milliseconds.Count * rows):F1} µs of processor time a prediction (server and clients), {wrong} wrong");
        return wrong == 0 && expected.Length > 0;
    }

    private static async Task<(List<double> Milliseconds, int Wrong)> Fire(HttpClient client, byte[] body, string expected, TimeSpan duration)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        (List<double> Times, int Wrong)[] parts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            int wrong = 0;
            do
            {
                long start = Stopwatch.GetTimestamp();
                if (await Ask(client, body) != expected)
                    wrong++;
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            while (Stopwatch.GetTimestamp() < end);
            return (times, wrong);
        })));
        return ([.. parts.SelectMany(part => part.Times)], parts.Sum(part => part.Wrong));
    }

    private static async Task<string?> Ask(HttpClient client, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await client.PostAsync("/predict", content);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }
}
