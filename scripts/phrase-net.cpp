// Trains the phrase net of the ear: words in order -> danger or not, and its kind. A build tool; nothing runs it
// in the product. usage: phrase-net LINES LEFT-OUT SEED SCORES WEIGHTS   (formats: scripts/phrase-lines.ts)
//
// A word is the sum of the vectors of its properties. Windows of one to three words are compared with learned
// patterns and the best match of each pattern counts; the bot's question and earlier turns are read the same
// way. One hidden layer then weighs message, question and past together. Adam, dropout, smoothed labels.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>
using std::vector;

const int BUCKETS = 1 << 14, D = 64, HIDDEN = 64, KINDS = 11, OUT = 1 + KINDS;
const int WIDEST_MESSAGE = 3, PATTERNS_MESSAGE = 96, WIDEST_BEFORE = 2, PATTERNS_BEFORE = 32;
const int ROUNDS = 7, BATCH = 32;
const float RATE = 0.002f, SHRINK = 0.01f, SHRINK_VECTORS = 0.02f, SMOOTH = 0.02f, KINDS_COUNT = 0.3f;
const float LOSE_VALUE = 0.15f, LOSE_PATTERN = 0.3f, LOSE_WORD = 0.12f, WORD_SHARE = 1.f / 3;

struct Line { int danger, kind, author, keep; vector<vector<int>> part[3]; };

std::mt19937 chance;
float uniform() { return (chance() >> 8) * (1.f / 16777216); }
float normal() { return std::sqrt(-2 * std::log(uniform() + 1e-9f)) * std::cos(6.2831853f * uniform()); }

int steps = 0;
/** Numbers that are learned, in rows; only rows that a batch touched are moved. */
struct Table {
  int width = 0; vector<float> value, slope, mean, square; vector<char> touched; vector<int> rows;
  void start(int count, int wide, float size) {
    width = wide; value.resize((size_t)count * wide); for (auto& x : value) x = normal() * size;
    slope.assign(value.size(), 0); mean = square = slope; touched.assign(count, 0);
  }
  float* at(int row) { return &value[(size_t)row * width]; }
  float* slopeAt(int row) { if (!touched[row]) { touched[row] = 1; rows.push_back(row); } return &slope[(size_t)row * width]; }
  void move(float rate, float shrink) {
    float one = 1 - std::pow(0.9f, steps), two = 1 - std::pow(0.999f, steps);
    for (int row : rows) {
      touched[row] = 0;
      for (size_t i = (size_t)row * width; i < (size_t)(row + 1) * width; i++) {
        mean[i] = 0.9f * mean[i] + 0.1f * slope[i]; square[i] = 0.999f * square[i] + 0.001f * slope[i] * slope[i];
        value[i] -= rate * (mean[i] / one / (std::sqrt(square[i] / two) + 1e-8f) + shrink * value[i]); slope[i] = 0;
      }
    }
    rows.clear();
  }
};

Table vectors;
/** Learned patterns over windows of one to `widest` words; row of pattern f at place k of width w: see rowOf. */
struct Patterns {
  int widest, count, all; Table weights, bias; vector<float> turned;
  int rowOf(int w, int k, int f) const { return ((w - 1) * w / 2 + k) * count + f; }
  void start(int wide, int patterns) {
    widest = wide; count = patterns; all = wide * (wide + 1) / 2 * patterns;
    weights.start(all, D, std::sqrt(0.5f / D)); bias.start(wide * patterns, 1, 0); turned.resize((size_t)all * D); turn();
  }
  void turn() { for (int j = 0; j < all; j++) for (int d = 0; d < D; d++) turned[(size_t)d * all + j] = weights.value[(size_t)j * D + d]; }
  void match(const vector<float>& x, int words, float* best, int* where) const {
    vector<float> dots((size_t)words * all, 0);
    for (int t = 0; t < words; t++) for (int d = 0; d < D; d++) {
      float v = x[t * D + d]; if (v == 0) continue; const float* w = &turned[(size_t)d * all]; float* y = &dots[(size_t)t * all];
      for (int j = 0; j < all; j++) y[j] += v * w[j];
    }
    for (int w = 1; w <= widest; w++) for (int f = 0; f < count; f++) {
      float most = 0; int at = -100;
      for (int t = -(w / 2); words > 0 && t <= words - 1 - (w - 1) / 2; t++) {
        float sum = bias.value[(w - 1) * count + f];
        for (int k = 0; k < w; k++) if (t + k >= 0 && t + k < words) sum += dots[(size_t)(t + k) * all + rowOf(w, k, f)];
        if (sum > most) { most = sum; at = t; }
      }
      best[(w - 1) * count + f] = most; where[(w - 1) * count + f] = at;
    }
  }
  void learn(const vector<float>& x, int words, const float* slope, const int* where, vector<float>& back) {
    for (int w = 1; w <= widest; w++) for (int f = 0; f < count; f++) {
      int i = (w - 1) * count + f; float g = slope[i]; if (where[i] == -100 || g == 0) continue;
      *bias.slopeAt(i) += g;
      for (int k = 0; k < w; k++) {
        int p = where[i] + k; if (p < 0 || p >= words) continue;
        int row = rowOf(w, k, f); float* gw = weights.slopeAt(row); const float* v = weights.at(row);
        for (int d = 0; d < D; d++) { gw[d] += g * x[p * D + d]; back[p * D + d] += g * v[d]; }
      }
    }
  }
} inMessage, before;

const int FROM_MESSAGE = WIDEST_MESSAGE * PATTERNS_MESSAGE, FROM_BEFORE = WIDEST_BEFORE * PATTERNS_BEFORE;
const int FOUND = FROM_MESSAGE + 2 * FROM_BEFORE;
const int startOf[3] = {0, FROM_MESSAGE, FROM_MESSAGE + FROM_BEFORE};
Table inner, innerBias, outer, outerBias;

struct Pass { vector<float> x[3], keepX[3], found, keepFound, hidden, keepHidden; vector<int> where; float out[OUT]; };

void forward(const Line& line, Pass& p, bool learning) {
  p.found.assign(FOUND, 0); p.where.assign(FOUND, -100);
  for (int s = 0; s < 3; s++) {
    int words = line.part[s].size(); p.x[s].assign((size_t)words * D, 0); p.keepX[s].assign((size_t)words * D, 1);
    for (int t = 0; t < words; t++) {
      float* x = &p.x[s][t * D]; bool lost = learning && uniform() < LOSE_WORD;
      if (!lost) for (int id : line.part[s][t]) { const float* v = vectors.at(id); for (int d = 0; d < D; d++) x[d] += WORD_SHARE * v[d]; }
      for (int d = 0; learning && d < D; d++) { float k = lost || uniform() < LOSE_VALUE ? 0 : 1 / (1 - LOSE_VALUE); p.keepX[s][t * D + d] = k; x[d] *= k; }
    }
    (s == 0 ? inMessage : before).match(p.x[s], words, &p.found[startOf[s]], &p.where[startOf[s]]);
  }
  p.keepFound.assign(FOUND, 1); p.keepHidden.assign(HIDDEN, 1); p.hidden.assign(HIDDEN, 0);
  for (int i = 0; learning && i < FOUND; i++) { p.keepFound[i] = uniform() < LOSE_PATTERN ? 0 : 1 / (1 - LOSE_PATTERN); p.found[i] *= p.keepFound[i]; }
  for (int k = 0; k < HIDDEN; k++) {
    float sum = innerBias.value[k]; const float* w = inner.at(k); for (int i = 0; i < FOUND; i++) sum += w[i] * p.found[i];
    if (learning) p.keepHidden[k] = uniform() < LOSE_PATTERN ? 0 : 1 / (1 - LOSE_PATTERN);
    p.hidden[k] = std::max(0.f, sum) * p.keepHidden[k];
  }
  for (int o = 0; o < OUT; o++) { float sum = outerBias.value[o]; for (int k = 0; k < HIDDEN; k++) sum += outer.at(o)[k] * p.hidden[k]; p.out[o] = sum; }
}

void backward(const Line& line, Pass& p, const float* slope) {
  vector<float> toHidden(HIDDEN, 0), toFound(FOUND, 0);
  for (int o = 0; o < OUT; o++) if (slope[o] != 0) {
    *outerBias.slopeAt(o) += slope[o]; float* g = outer.slopeAt(o); const float* w = outer.at(o);
    for (int k = 0; k < HIDDEN; k++) { g[k] += slope[o] * p.hidden[k]; toHidden[k] += slope[o] * w[k]; }
  }
  for (int k = 0; k < HIDDEN; k++) if (p.hidden[k] > 0) {
    float g = toHidden[k] * p.keepHidden[k]; *innerBias.slopeAt(k) += g; float* gw = inner.slopeAt(k); const float* w = inner.at(k);
    for (int i = 0; i < FOUND; i++) { gw[i] += g * p.found[i]; toFound[i] += g * w[i]; }
  }
  for (int i = 0; i < FOUND; i++) toFound[i] *= p.keepFound[i];
  for (int s = 0; s < 3; s++) {
    int words = line.part[s].size(); vector<float> back((size_t)words * D, 0);
    (s == 0 ? inMessage : before).learn(p.x[s], words, &toFound[startOf[s]], &p.where[startOf[s]], back);
    for (int t = 0; t < words; t++) {
      bool any = false; for (int d = 0; d < D; d++) { back[t * D + d] *= p.keepX[s][t * D + d]; any |= back[t * D + d] != 0; }
      if (any) for (int id : line.part[s][t]) { float* g = vectors.slopeAt(id); for (int d = 0; d < D; d++) g[d] += WORD_SHARE * back[t * D + d]; }
    }
  }
}

void learnFrom(const Line& line, Pass& p, float share) {
  forward(line, p, true);
  float slope[OUT] = {0}, wanted = line.danger ? 1 - SMOOTH : SMOOTH;
  slope[0] = (1 / (1 + std::exp(-p.out[0])) - wanted) * share;
  if (line.kind >= 0) {
    float most = *std::max_element(p.out + 1, p.out + OUT), sum = 0;
    for (int k = 1; k < OUT; k++) sum += std::exp(p.out[k] - most);
    for (int k = 1; k < OUT; k++) slope[k] = KINDS_COUNT * share * (std::exp(p.out[k] - most) / sum - (k - 1 == line.kind));
  }
  backward(line, p, slope);
}

vector<Line> readLines(const char* file) {
  FILE* f = fopen(file, "rb"); if (!f) { perror(file); exit(1); }
  fseek(f, 0, SEEK_END); vector<int> raw(ftell(f) / 4); rewind(f); if (fread(raw.data(), 4, raw.size(), f) != raw.size()) exit(1); fclose(f);
  size_t at = 0; vector<Line> lines(raw[at++]);
  for (auto& line : lines) {
    line.danger = raw[at++]; line.kind = raw[at++]; line.author = raw[at++]; line.keep = raw[at++];
    for (auto& part : line.part) { part.resize(raw[at++]); for (auto& word : part) { int n = raw[at++]; word.assign(&raw[at], &raw[at] + n); at += n; } }
  }
  return lines;
}

int main(int, char** args) {
  auto lines = readLines(args[1]); int leftOut = atoi(args[2]); chance.seed(atoi(args[3]));
  vectors.start(BUCKETS, D, 0.15f); inMessage.start(WIDEST_MESSAGE, PATTERNS_MESSAGE); before.start(WIDEST_BEFORE, PATTERNS_BEFORE);
  inner.start(HIDDEN, FOUND, std::sqrt(1.f / FOUND)); innerBias.start(HIDDEN, 1, 0); outer.start(OUT, HIDDEN, std::sqrt(1.f / HIDDEN)); outerBias.start(OUT, 1, 0);
  vector<int> fit; for (int i = 0; i < (int)lines.size(); i++) if (lines[i].author != leftOut && (int)(chance() % 100) < lines[i].keep) fit.push_back(i);
  Pass p; long total = (long)ROUNDS * (fit.size() / BATCH + 1);
  for (int round = 0; round < ROUNDS; round++) {
    std::shuffle(fit.begin(), fit.end(), chance);
    for (size_t i = 0; i < fit.size(); i += BATCH) {
      int n = std::min((size_t)BATCH, fit.size() - i); for (int j = 0; j < n; j++) learnFrom(lines[fit[i + j]], p, 1.f / n);
      steps++; float rate = RATE * std::min(1.f, steps / 200.f) * std::max(0.02f, 1 - (float)steps / total);
      vectors.move(rate, SHRINK_VECTORS); inMessage.weights.move(rate, SHRINK); inMessage.bias.move(rate, 0); before.weights.move(rate, SHRINK); before.bias.move(rate, 0);
      inner.move(rate, SHRINK); innerBias.move(rate, 0); outer.move(rate, SHRINK); outerBias.move(rate, 0); inMessage.turn(); before.turn();
    }
  }
  FILE* f = fopen(args[4], "w");
  for (int i = 0; i < (int)lines.size(); i++) if (lines[i].author == leftOut) { forward(lines[i], p, false); fprintf(f, "%d", i); for (float o : p.out) fprintf(f, " %.4f", o); fprintf(f, "\n"); }
  fclose(f); f = fopen(args[5], "wb");
  for (Table* t : {&vectors, &inMessage.weights, &inMessage.bias, &before.weights, &before.bias, &inner, &innerBias, &outer, &outerBias}) fwrite(t->value.data(), 4, t->value.size(), f);
  fclose(f);
}
